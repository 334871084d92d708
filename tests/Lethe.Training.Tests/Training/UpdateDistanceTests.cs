using Lethe.Core.Numerics;
using Lethe.Training.Training;

namespace Lethe.Training.Tests.Training;

public sealed class UpdateDistanceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1037)]
    public void EqualsTheSumInDoubles(int length)
    {
        var random = new CounterRandom(1);
        float[][] arrays =
            [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, length).Select(_ => (float)random.NextNormal()).ToArray())];
        var expected = Enumerable.Range(0, length)
            .Sum(i => Math.Abs((double)arrays[0][i] - arrays[1][i] - ((double)arrays[2][i] - arrays[3][i])));
        Assert.Equal(expected, UpdateDistance.L1(arrays[0], arrays[1], arrays[2], arrays[3]), 9);
    }

    [Fact]
    public void KeepsWhatFloatsWouldLose()
    {
        float[] large = [1e8f], alsoLarge = [1e8f], small = [1f], zero = [0f];
        Assert.Equal(1.0, UpdateDistance.L1(large, alsoLarge, small, zero));
        Assert.Equal(1e8 - 1, UpdateDistance.L1(large, small, zero, zero));
    }

    [Fact]
    public void RejectsDifferentLengths() =>
        Assert.Throws<ArgumentException>(() => UpdateDistance.L1([1f], [1f], [1f], []));
}
