using Lethe.Methods.Editing;

namespace Lethe.Methods.Tests;

public sealed class BatchSizesTests
{
    [Theory]
    [InlineData(10, 5, new[] { 5, 5 })]
    [InlineData(11, 5, new[] { 5, 6 })]
    [InlineData(12, 5, new[] { 5, 5, 2 })]
    [InlineData(1, 5, new[] { 1 })]
    [InlineData(3, 1, new[] { 1, 1, 1 })]
    public void NoBatchButTheOnlyOneHoldsASingleRecord(int count, int size, int[] expected) => Assert.Equal(expected, BatchSizes.Of(count, size));

    [Fact]
    public void CyclesBeginAnew() => Assert.Equal([3, 2, 3, 2, 3], BatchSizes.Cycled(5, 3, 5));
}
