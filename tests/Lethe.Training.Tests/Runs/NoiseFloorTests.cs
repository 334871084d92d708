using Lethe.Core.Plans;
using Lethe.Core.Store;
using Lethe.Training.Runs;

namespace Lethe.Training.Tests.Runs;

public sealed class NoiseFloorTests
{
    private static readonly NoiseFloor Floor = new(
        [new NoiseFloorPoint(10, [3, 5]), new NoiseFloorPoint(20, [1]), new NoiseFloorPoint(40, [0.25])], CostAccount.Zero);

    [Theory]
    [InlineData(1, 4)]
    [InlineData(10, 4)]
    [InlineData(15, 2)]
    [InlineData(20, 1)]
    [InlineData(30, 0.5)]
    [InlineData(40, 0.25)]
    [InlineData(99, 0.25)]
    public void InterpolatesTheLogarithm(int block, double expected) => Assert.Equal(expected, Floor.At(block), 12);

    [Fact]
    public void RoundTripsThroughJson()
    {
        var read = CanonicalJson.Deserialize<NoiseFloor>(CanonicalJson.Serialize(Floor));
        Assert.Equal(CanonicalJson.Serialize(Floor), CanonicalJson.Serialize(read));
        Assert.Equal(2, read.At(15), 12);
    }

    [Fact]
    public void AZeroStaysAZero()
    {
        var floor = new NoiseFloor([new NoiseFloorPoint(1, [0]), new NoiseFloorPoint(3, [1])], CostAccount.Zero);
        Assert.Equal(0, floor.At(2));
    }

    [Theory]
    [InlineData(8, 100, new[] { 1, 15, 29, 43, 58, 72, 86, 100 })]
    [InlineData(8, 3, new[] { 1, 2, 3 })]
    [InlineData(1, 9, new[] { 5 })]
    [InlineData(0, 9, new int[0])]
    public void SpreadsTheMeasuredBlocks(int count, int blocks, int[] expected) =>
        Assert.Equal(expected, NoiseFloorMeasurement.Spread(count, blocks));
}
