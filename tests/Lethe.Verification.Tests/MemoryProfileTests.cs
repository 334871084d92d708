using Lethe.Core.Partitions;
using Lethe.Core.Records;

namespace Lethe.Verification.Tests;

public sealed class MemoryProfileTests
{
    [Fact]
    public void Loss_of_each_block_against_its_age()
    {
        var manifest = new DatasetManifest
        {
            Name = "made up",
            SampleShape = [1],
            ClassNames = ["a", "b"],
            Labels = [0, 1, 0, 1, 0, 1, 0, 1],
            Digest = Digest.Of([]),
        };
        var partition = Partition.Create(manifest, new PartitionOptions { Blocks = 2 });
        var losses = new float[8];
        foreach (var record in partition.Block(1)) losses[record] = 2;
        foreach (var record in partition.Block(2)) losses[record] = 0.5f;
        var gone = partition.Block(2)[0];
        losses[gone] = 1000;

        var profile = MemoryProfile.Of(partition, losses, [2, 2.5f], new HashSet<int> { gone });

        Assert.Equal(2.25, profile.UnseenLoss, 12);
        Assert.Equal([(1, 1, 4, 2.0, 0.25), (2, 0, 3, 0.5, 1.75)], profile.Points.Select(p => (p.Block, p.Age, p.Records, p.Loss, p.Gap)));
    }
}
