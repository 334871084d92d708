using FsCheck.Fluent;
using Lethe.Core.Evidence;
using Lethe.Core.Records;

namespace Lethe.Core.Tests.Evidence;

public class SortedMerkleTreeTests
{
    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(7), InlineData(8), InlineData(13), InlineData(64), InlineData(65)]
    public void Every_member_has_a_proof_and_every_stranger_another(int count)
    {
        Digest[] members = [.. Enumerable.Range(0, count).Select(i => Digest.OfText($"member {i}"))];
        var tree = new SortedMerkleTree(members);
        Assert.Equal(count, tree.Count);
        foreach (var member in members)
        {
            var proof = tree.ProveInclusion(member);
            Assert.True(proof.Holds(tree.Root, count));
            Assert.False(proof.Holds(tree.Root, count + 1));
            Assert.False((proof with { Leaf = Digest.OfText("other") }).Holds(tree.Root, count));
            Assert.Throws<ArgumentException>(() => tree.ProveExclusion(member));
        }
        foreach (var stranger in Enumerable.Range(0, 40).Select(i => Digest.OfText($"stranger {i}")))
        {
            var proof = tree.ProveExclusion(stranger);
            Assert.True(proof.Holds(stranger, tree.Root, count));
            Assert.False(proof.Holds(stranger, Digest.OfText("other root"), count));
            Assert.All(members, member => Assert.False(proof.Holds(member, tree.Root, count)));
            Assert.Throws<ArgumentException>(() => tree.ProveInclusion(stranger));
        }
    }

    /// <summary>No proof made for one digest passes for another, and neighbours that are none prove nothing.</summary>
    [Fact]
    public void Proofs_cannot_be_bent() => Property.Holds(
        from count in Gen.Choose(1, 60)
        from left in Gen.Choose(0, count - 1)
        from right in Gen.Choose(0, count - 1)
        from asked in Gen.Choose(0, count - 1)
        select (count, left, right, asked),
        drawn =>
        {
            Digest[] members = [.. Enumerable.Range(0, drawn.count).Select(i => Digest.OfText($"member {i}")).Order()];
            var tree = new SortedMerkleTree(members);
            MerkleInclusion before = tree.ProveInclusion(members[drawn.left]), after = tree.ProveInclusion(members[drawn.right]);
            var member = members[drawn.asked];
            Assert.False(new MerkleExclusion(before, after).Holds(member, tree.Root, drawn.count));
            Assert.False(new MerkleExclusion(before, null).Holds(member, tree.Root, drawn.count));
            Assert.False(new MerkleExclusion(null, after).Holds(member, tree.Root, drawn.count));
            Assert.False(new MerkleExclusion(null, null).Holds(member, tree.Root, drawn.count));
            Assert.Equal(drawn.left == drawn.right, (before with { Index = drawn.right }).Holds(tree.Root, drawn.count));
            if (before.Path.Count > 0)
                Assert.False((before with { Path = [.. before.Path.Skip(1)] }).Holds(tree.Root, drawn.count));
            Assert.False((before with { Path = [.. before.Path, member] }).Holds(tree.Root, drawn.count));
        }, tests: 300);

    [Fact]
    public void Root_is_one_of_the_set_not_of_the_order()
    {
        Digest[] members = [.. Enumerable.Range(0, 9).Select(i => Digest.OfText($"member {i}"))];
        Assert.Equal(new SortedMerkleTree(members).Root, new SortedMerkleTree(members.Reverse()).Root);
        Assert.NotEqual(new SortedMerkleTree(members).Root, new SortedMerkleTree(members[1..]).Root);
        Assert.Throws<ArgumentException>(() => new SortedMerkleTree([members[0], members[0]]));
    }

    /// <summary>Figures of tests/reference/evidence.py.</summary>
    [Fact]
    public void Roots_are_those_that_python_computes()
    {
        var secret = RunSecret.Of([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "golden", "evidence", "merkle.txt"));
        foreach (var fields in lines.Select(line => line.Split(' ')))
        {
            var count = int.Parse(fields[0], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(fields[1], new SortedMerkleTree(RecordDigests.Of(secret, Digest.OfText("toy"), Enumerable.Range(0, count))).Root.ToString());
        }
    }
}
