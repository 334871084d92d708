using Lethe.Training.Training;

namespace Lethe.Training.Tests.Training;

public sealed class ShardLayoutTests
{
    [Theory]
    [InlineData(10, 20, 4, 22)]
    [InlineData(10, 1, 1, 5.5)]
    [InlineData(1, 7, 7, 7)]
    [InlineData(2, 9, 6, 9)]
    public void The_work_of_slices_is_that_of_the_passes_asked_for_as_nearly_as_whole_epochs_allow(int slices, int epochs, int perSlice, double passes)
    {
        var layout = new ShardLayout(20, slices);
        Assert.Equal(perSlice, layout.EpochsPerSlice(epochs));
        Assert.Equal(passes, layout.PassesOf(perSlice));
    }

    [Fact]
    public void Slices_lie_in_blocks_shard_by_shard()
    {
        var layout = new ShardLayout(3, 4);
        Assert.Equal([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3], Enumerable.Range(1, 12).Select(layout.ShardOf));
        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4], Enumerable.Range(1, 12).Select(layout.SliceOf));
        Assert.Equal([0, 1, 2, 3, 0, 5, 6, 7, 0, 9, 10, 11], Enumerable.Range(1, 12).Select(layout.StartOf));
        Assert.Equal((5, 8), (layout.FirstBlock(2), layout.LastBlock(2)));
    }
}
