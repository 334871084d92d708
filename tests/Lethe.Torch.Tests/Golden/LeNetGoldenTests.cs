using static Lethe.Torch.torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Torch.Tests.Golden;

/// <summary>A whole training run of LeNet-5 beside PyTorch's, from weights and batches that both sides compute by integer formulas.</summary>
public sealed class LeNetGoldenTests
{
    private const int BatchSize = 32;

    [Fact]
    public void LossCurveOfFiftyStepsIsThatOfPyTorch()
    {
        using var outer = NewDisposeScope();
        var golden = new GoldenFile("lenet.safetensors");
        using var generator = new Generator(1);
        using var network = new LeNet5(generator);
        SetWeights(network);
        using var optimizer = optim.SGD(network.named_parameters(), 0.05, momentum: 0.9);
        var expected = golden["losses"].data<double>();
        for (var step = 0; step < expected.Length; step++)
        {
            using var scope = NewDisposeScope();
            var (images, labels) = Batch(step);
            optimizer.zero_grad();
            var loss = F.cross_entropy(network.call(images), labels);
            loss.backward();
            optimizer.step();
            Assert.Equal(expected[step], loss.ToDouble(), 1e-4);
        }

        foreach (var (name, parameter) in network.named_parameters())
        {
            var sum = parameter.detach().to(float64).sum();
            var expectedSum = golden[$"after/{name}"].ToDouble();
            Assert.Equal(expectedSum, sum.ToDouble(), 1e-3 * (1 + Math.Abs(expectedSum)));
        }
    }

    private static uint Hashed(long index)
    {
        var h = unchecked((uint)(index * 2654435761 + 12345));
        h = unchecked((h ^ (h >> 15)) * 2246822519);
        return h ^ (h >> 13);
    }

    private static void SetWeights(nn.Module network)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (j, bound) = (0L, 1.0);
        foreach (var parameter in network.parameters())
        {
            if (parameter.dim() > 1)
                bound = Math.Pow(parameter.numel() / parameter.shape[0], -0.5);
            var values = new float[parameter.numel()];
            foreach (ref var value in values.AsSpan())
                value = (float)((Hashed(j++) / 2147483648.0 - 1) * bound);
            parameter.copy_(tensor(values).reshape(parameter.shape));
        }
    }

    private static (Tensor images, Tensor labels) Batch(int step)
    {
        var (pixels, labels) = (new float[BatchSize * 784], new long[BatchSize]);
        for (var i = 0; i < BatchSize; i++)
        {
            var n = ((long)step * BatchSize) + i;
            var label = Hashed(n) % 10;
            labels[i] = label;
            for (var p = 0; p < 784; p++)
            {
                var (y, x) = ((uint)p / 28, (uint)p % 28);
                var pattern = ((x * (label + 1)) + (y * (10 - label))) / 8 % 2 == 0 ? 255u : 0;
                var noise = Hashed(100000 + (n * 784) + p) & 255;
                pixels[(i * 784) + p] = ((3 * pattern) + noise) / 4;
            }
        }

        return (tensor(pixels).reshape(BatchSize, 1, 28, 28) / 255, tensor(labels));
    }
}
