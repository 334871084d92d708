using Lethe.Torch;
using Lethe.Training.Models;

namespace Lethe.Training.Tests.Models;

public sealed class DropoutMasksTests
{
    private static float[] Masks(IReadOnlyList<int> kept, int layers = 1, ulong seed = 3)
    {
        using var scope = torch.NewDisposeScope();
        using var masks = new DropoutMasks(seed, 6, kept, torch.CPU);
        Tensor result = torch.ones([0]);
        for (var layer = 0; layer < layers; layer++)
        {
            result = masks.Apply(torch.ones([kept.Count, 50]), 0.5);
        }
        return result.data<float>().ToArray();
    }

    [Fact]
    public void RecordsKeepTheirMasksWhenOthersAreDeleted()
    {
        var all = Masks([0, 1, 2, 3, 4, 5], layers: 2);
        var some = Masks([1, 2, 5], layers: 2);
        Assert.Equal([.. all[50..150], .. all[250..300]], some);
    }

    [Fact]
    public void EveryPlaceLayerAndSeedHasItsOwnMask()
    {
        var all = Masks([0, 1, 2, 3, 4, 5]);
        Assert.NotEqual(all[..50], all[50..100]);
        Assert.NotEqual(all, Masks([0, 1, 2, 3, 4, 5], layers: 2));
        Assert.NotEqual(all, Masks([0, 1, 2, 3, 4, 5], seed: 4));
        Assert.All(all, value => Assert.Contains(value, new[] { 0f, 2f }));
    }

    [Fact]
    public void TheGradientPassesThroughTheMask()
    {
        using var scope = torch.NewDisposeScope();
        using var masks = new DropoutMasks(1, 4, [0, 3], torch.CPU);
        var input = torch.ones([2, 9], requires_grad: true);
        var output = masks.Apply(input, 0.25);
        output.sum().backward();
        Assert.Equal(output.data<float>().ToArray(), input.grad!.data<float>().ToArray());
    }
}
