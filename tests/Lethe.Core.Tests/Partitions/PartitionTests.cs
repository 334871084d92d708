using System.Text.Json;
using Lethe.Core.Errors;
using Lethe.Core.Partitions;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Core.Tests.Partitions;

public class PartitionTests
{
    private static readonly DatasetManifest s_manifest = Manifests.Of([0, 1, 0, 1, 0, 1, 2, 2, 2, 0]);

    [Fact]
    public void Json_goes_both_ways_with_the_same_digest()
    {
        var partition = Partition.Create(s_manifest, new() { Blocks = 3, Seed = 5 });
        var copy = Partition.FromJson(partition.ToJson());
        Assert.Equal(partition.ToJson(), copy.ToJson());
        Assert.Equal(partition.ToJson(), CanonicalJson.Serialize(JsonDocument.Parse(partition.ToJson()).RootElement));
        Assert.Equal(partition.Digest, copy.Digest);
        for (var b = 1; b <= 3; b++)
            Assert.Equal(partition.Block(b).ToArray(), copy.Block(b).ToArray());
    }

    [Fact]
    public void Seed_decides_the_split()
    {
        Digest Split(ulong seed) => Partition.Create(s_manifest, new() { Blocks = 3, Seed = seed }).Digest;
        Assert.Equal(Split(1), Split(1));
        Assert.NotEqual(Split(1), Split(2));
    }

    [Fact]
    public void Locate_finds_what_Block_holds_and_refuses_unknown_records()
    {
        var partition = Partition.Create(s_manifest, new() { Blocks = 4 });
        for (var record = 0; record < 10; record++)
        {
            var (block, slot) = partition.Locate(new(record));
            Assert.Equal(record, partition.Block(block)[slot]);
        }
        var error = Assert.Throws<BadDataException>(() => partition.Locate(new(10)));
        Assert.Contains("no record 10", error.Message, StringComparison.Ordinal);
        Assert.Throws<BadDataException>(() => partition.Locate(new(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => partition.Block(0).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => partition.Block(5).Length);
    }

    [Theory]
    [InlineData("""{"blocks":[[0,1],[1]]}""")]
    [InlineData("""{"blocks":[[0,1],[3]]}""")]
    [InlineData("""{"blocks":[[0,-1]]}""")]
    [InlineData("""{"blocks":[[0],[]]}""")]
    [InlineData("""{"blocks":[]}""")]
    [InlineData("""{"blocks":null}""")]
    [InlineData("""{"blocks":[null]}""")]
    [InlineData("""{}""")]
    [InlineData("""[""")]
    [InlineData("""{"blocks":[[0]],"more":1}""")]
    public void Broken_files_are_refused(string json) => Assert.Throws<BadDataException>(() => Partition.FromJson(json));

    [Fact]
    public void Impossible_options_are_refused_with_a_way_out()
    {
        void Refuses(DatasetManifest manifest, PartitionOptions options, string reason) =>
            Assert.Contains(reason, Assert.Throws<UsageException>(() => Partition.Create(manifest, options)).Message, StringComparison.Ordinal);

        var owned = Manifests.Of([0, 1, 0, 1], ["a", "a", "b", "c"]);
        Refuses(s_manifest, new() { Blocks = 0 }, "at least 1 block");
        Refuses(s_manifest, new() { Blocks = 11 }, "at most 10 blocks");
        Refuses(s_manifest, new() { Blocks = 2, LateShare = 0 }, "above 0");
        Refuses(s_manifest, new() { Blocks = 2, LateShare = double.NaN }, "above 0");
        Refuses(s_manifest, new() { Blocks = 2, Kind = PartitionKind.BySubject }, "names no subjects");
        Refuses(s_manifest, new() { Blocks = 2, LateSubjects = [new("a")] }, "names no subjects");
        Refuses(owned, new() { Blocks = 4, Kind = PartitionKind.BySubject }, "at most 3 blocks");
        Refuses(owned, new() { Blocks = 2, LateSubjects = [new("z")] }, "'z' has no record");
        Refuses(owned, new() { Blocks = 4, LateSubjects = [new("a")], LateShare = 0.25 }, "room for 1");
        Refuses(owned, new() { Blocks = 3, Kind = PartitionKind.BySubject, LateSubjects = [new("a"), new("b")], LateShare = 0.3 }, "fewer blocks");
    }

    [Fact]
    public void Stored_partition_names_no_subject()
    {
        var manifest = Manifests.Of([0, 1, 0, 1], ["alice", "alice", "bob", "carol"]);
        var partition = Partition.Create(manifest, new() { Blocks = 2, Kind = PartitionKind.BySubject, LateSubjects = [new("alice")], LateShare = 0.5 });
        Assert.DoesNotContain("alice", partition.ToJson(), StringComparison.Ordinal);
    }
}
