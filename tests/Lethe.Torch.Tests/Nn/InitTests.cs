using static Lethe.Torch.torch;
using static Lethe.Torch.torch.nn;

namespace Lethe.Torch.Tests.Nn;

public sealed class InitTests : IDisposable
{
    private readonly Generator _generator = new(3);

    [Fact]
    public void LinearAndConvolutionStartUniformWithinOneOverTheRootOfFanIn()
    {
        using var linear = Linear(50, 400, _generator);
        IsUniform(linear.weight, 1 / Math.Sqrt(50));
        IsUniform(linear.bias!, 1 / Math.Sqrt(50));
        using var convolution = Conv2d(16, 64, 5, groups: 2, generator: _generator);
        IsUniform(convolution.weight, 1 / Math.Sqrt(8 * 25));
        IsUniform(convolution.bias!, 1 / Math.Sqrt(8 * 25));
    }

    [Fact]
    public void AttentionStartsAsPyTorchs()
    {
        using var attention = MultiheadAttention(64, 4, _generator);
        IsUniform(attention.in_proj_weight, Math.Sqrt(6.0 / (64 + 192)));
        var state = attention.state_dict();
        Assert.Equal(["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"], state.Keys);
        IsUniform(state["out_proj.weight"], 1 / Math.Sqrt(64));
        Assert.Equal(0, state["in_proj_bias"].abs().max().ToDouble());
        Assert.Equal(0, state["out_proj.bias"].abs().max().ToDouble());
    }

    [Fact]
    public void NormsStartAsIdentity()
    {
        using var norm = BatchNorm2d(3);
        Assert.Equal([1f, 1, 1], norm.weight!.data<float>());
        Assert.Equal([0f, 0, 0], norm.bias!.data<float>());
        Assert.Equal([0f, 0, 0], norm.running_mean!.data<float>());
        Assert.Equal([1f, 1, 1], norm.running_var!.data<float>());
        Assert.Equal(0, norm.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void SameSeedGivesTheSameLayer()
    {
        using Generator first = new(5), second = new(5);
        using var one = Linear(8, 8, first);
        using var two = Linear(8, 8, second);
        Assert.True(one.weight.equal(two.weight));
        Assert.True(one.bias!.equal(two.bias!));
    }

    [Fact]
    public void KaimingAndXavierHaveTheirVariances()
    {
        using var weight = empty([200, 100, 3, 3]); // fan in 900, fan out 1800
        HasDeviation(init.kaiming_normal_(weight, _generator, nonlinearity: init.NonlinearityType.ReLU), Math.Sqrt(2.0 / 900));
        HasDeviation(
            init.kaiming_normal_(weight, _generator, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU),
            Math.Sqrt(2.0 / 1800));
        IsUniform(init.kaiming_uniform_(weight, _generator, nonlinearity: init.NonlinearityType.ReLU), Math.Sqrt(6.0 / 900));
        HasDeviation(init.xavier_normal_(weight, _generator, gain: 2), 2 * Math.Sqrt(2.0 / 2700));
        IsUniform(init.xavier_uniform_(weight, _generator), Math.Sqrt(6.0 / 2700));
        HasDeviation(init.normal_(weight, _generator, std: 0.3), 0.3);
        Assert.Equal(2, init.constant_(weight, 2).mean().ToDouble());
        Assert.Equal(1, init.ones_(weight).mean().ToDouble());
        Assert.Equal(0, init.zeros_(weight).mean().ToDouble());
    }

    [Fact]
    public void FansNeedTwoDimensions()
    {
        using var vector = empty([3]);
        Assert.Throws<ArgumentException>(() => init.xavier_uniform_(vector, _generator));
    }

    [Fact]
    public void ParametersStillRequireGradients()
    {
        using var weight = Parameter(empty([3, 3]));
        Assert.True(init.uniform_(weight, _generator).requires_grad);
        Assert.True(weight.is_leaf);
    }

    // Within bound everywhere, mean 0, variance bound²/3, and the extremes close to the bound.
    private static void IsUniform(Tensor tensor, double bound)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var count = tensor.numel();
        Assert.InRange(tensor.abs().max().ToDouble(), bound * (1 - (12.0 / count)), bound * (1 + 1e-6));
        Assert.Equal(0, tensor.mean().ToDouble(), 5 * bound / Math.Sqrt(3 * count));
        Assert.Equal(1, tensor.square().mean().ToDouble() * 3 / (bound * bound), 5 / Math.Sqrt(count));
    }

    private static void HasDeviation(Tensor tensor, double deviation)
    {
        using var scope = NewDisposeScope();
        var count = tensor.numel();
        Assert.Equal(0, tensor.mean().ToDouble(), 5 * deviation / Math.Sqrt(count));
        Assert.Equal(1, tensor.std().ToDouble() / deviation, 5 / Math.Sqrt(count));
    }

    public void Dispose() => _generator.Dispose();
}
