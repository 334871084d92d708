using static Lethe.Torch.torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Torch.Tests.Nn;

public sealed class PrecisionTests : IDisposable
{
    private readonly Generator _generator = new(11);

    [Fact]
    public void NetworkTrainsInBFloat16AndChannelsLast()
    {
        using var convolution = nn.Conv2d(3, 8, 3, padding: 1, generator: _generator);
        using var network = nn.Sequential(
            convolution, nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 8, 3, _generator), nn.ReLU(),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 4, _generator)).to(MemoryFormat.ChannelsLast);
        Assert.True(convolution.weight.is_contiguous(MemoryFormat.ChannelsLast));
        using var optimizer = optim.SGD(network.named_parameters(), 0.1, momentum: 0.9, weight_decay: 1e-4);
        using var labels = tensor(Enumerable.Range(0, 32).Select(i => i % 4L).ToArray());
        using var images = Patterns(labels);

        var losses = new List<double>();
        for (var step = 0; step < 25; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            Tensor loss;
            using (autocast(ScalarType.BFloat16))
            {
                Assert.Equal(ScalarType.BFloat16, convolution.call(images).dtype);
                loss = F.cross_entropy(network.call(images), labels);
            }

            Assert.Equal(ScalarType.Float32, loss.dtype);
            loss.backward();
            optimizer.step();
            losses.Add(loss.ToDouble());
        }

        Assert.True(losses[^1] < 0.5 * losses[0], string.Join(" ", losses));
        Assert.All(network.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
        Assert.All(network.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.grad!.dtype));
        Assert.True(convolution.weight.is_contiguous(MemoryFormat.ChannelsLast));
    }

    [Fact]
    public void ChannelsLastChangesNoValue()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(nn.Conv2d(3, 8, 3, _generator), nn.ReLU(), nn.MaxPool2d(2));
        network.eval();
        var images = rand([2, 3, 9, 9], generator: _generator);
        var before = network.call(images);
        network.to(MemoryFormat.ChannelsLast);
        var after = network.call(images.to(MemoryFormat.ChannelsLast));
        Assert.True(after.allclose(before, 1e-5, 1e-6));
    }

    // Class c has a bright channel c (class 3: none) over noise.
    private Tensor Patterns(Tensor labels)
    {
        using var scope = NewDisposeScope();
        var images = rand([32, 3, 12, 12], generator: _generator);
        var bright = F.one_hot(labels, 4).narrow(1, 0, 3).reshape(32, 3, 1, 1).to(ScalarType.Float32);
        return (images + bright).to(MemoryFormat.ChannelsLast).DetachFromDisposeScope();
    }

    public void Dispose() => _generator.Dispose();
}
