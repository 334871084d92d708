namespace Lethe.Torch.Modules;

/// <summary>PyTorch's default for linear and convolution layers: weight and bias uniform on ±1/√(fan in).</summary>
internal static class DefaultInitialization
{
    internal static Tensor Weight(long[] shape, long fanIn, Generator generator)
    {
        // kaiming_uniform_ with a = √5: gain² = 2/(1+5), bound = √3·gain/√fan = 1/√fan.
        var weight = torch.nn.Parameter(torch.empty(shape, device: generator.device));
        return fanIn > 0 ? torch.nn.init.kaiming_uniform_(weight, generator, a: Math.Sqrt(5)) : weight;
    }

    internal static Tensor Bias(long size, long fanIn, Generator generator)
    {
        var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
        return torch.nn.init.uniform_(torch.nn.Parameter(torch.empty([size], device: generator.device)), generator, -bound, bound);
    }
}
