using FsCheck;
using FsCheck.Fluent;
using Lethe.Core.Numerics;
using Lethe.Core.Partitions;
using Lethe.Core.Records;

namespace Lethe.Core.Tests.Partitions;

public class PartitionPropertyTests
{
    private sealed record Case(DatasetManifest Manifest, int Blocks, ulong Seed, double LateShare)
    {
        public override string ToString() => $"{Manifest.Count} records, {Manifest.ClassCount} classes, {Manifest.DistinctSubjects.Count} subjects, {Blocks} blocks, seed {Seed}, late share {LateShare}";
    }

    private static readonly Gen<Case> s_cases =
        from count in Gen.Choose(20, 300)
        from classes in Gen.Choose(1, 7)
        from people in Gen.Choose(4, 60)
        from blocks in Gen.Choose(1, 12)
        from share in Gen.Choose(1, 10)
        from seed in Gen.Choose(0, 1_000_000)
        select Build(count, classes, people, blocks, share / 10.0, (ulong)seed);

    private static Case Build(int count, int classes, int people, int blocks, double share, ulong seed)
    {
        var random = new CounterRandom(seed);
        var labels = Enumerable.Range(0, count).Select(_ => Math.Min(random.NextInt32(classes), random.NextInt32(classes))).ToArray();
        var subjects = Enumerable.Range(0, count).Select(_ => $"p{random.NextInt32(people)}").ToArray();
        return new(Manifests.Of(labels, subjects, classes), blocks, seed, share);
    }

    private static void HoldsEveryRecordOnce(Case c, Partition partition)
    {
        Assert.Equal(c.Blocks, partition.BlockCount);
        Assert.Equal(c.Manifest.Count, partition.Count);
        var records = Enumerable.Range(1, c.Blocks).SelectMany(b => partition.Block(b).ToArray());
        Assert.Equal(Enumerable.Range(0, c.Manifest.Count), records.Order());
    }

    private static int[] Sizes(Partition partition) => [.. Enumerable.Range(1, partition.BlockCount).Select(b => partition.Block(b).Length)];

    [Fact]
    public void Stratified_blocks_have_equal_sizes_and_the_classes_in_proportion() => Property.Holds(s_cases, c =>
    {
        var partition = Partition.Create(c.Manifest, new() { Blocks = c.Blocks, Seed = c.Seed });
        HoldsEveryRecordOnce(c, partition);
        Assert.True(Sizes(partition).Max() - Sizes(partition).Min() <= 1);
        for (var k = 0; k < c.Manifest.ClassCount; k++)
        {
            var counts = Enumerable.Range(1, c.Blocks).Select(b => partition.Block(b).ToArray().Count(record => c.Manifest.Labels[record] == k)).ToArray();
            Assert.True(counts.Max() - counts.Min() <= 1);
        }
    });

    [Fact]
    public void Stratified_late_subjects_are_spread_over_the_last_blocks_and_sizes_stay_equal() => Property.Holds(s_cases, c =>
    {
        var lateBlocks = Math.Clamp((int)Math.Round(c.LateShare * c.Blocks), 1, c.Blocks);
        var late = c.Manifest.DistinctSubjects[0];
        var lateRecords = c.Manifest.RecordsOf(late);
        if (lateRecords.Count > lateBlocks * (c.Manifest.Count / c.Blocks))
            return;
        var partition = Partition.Create(c.Manifest, new() { Blocks = c.Blocks, Seed = c.Seed, LateSubjects = [late], LateShare = c.LateShare });
        HoldsEveryRecordOnce(c, partition);
        Assert.True(Sizes(partition).Max() - Sizes(partition).Min() <= 1);
        var counts = new int[c.Blocks];
        foreach (var record in lateRecords)
            counts[partition.Locate(record).Block - 1]++;
        Assert.All(counts[..^lateBlocks], count => Assert.Equal(0, count));
        Assert.True(counts[^lateBlocks..].Max() - counts[^lateBlocks..].Min() <= 1);
        ClassesStayInProportion(c, partition, late);
    });

    private static void ClassesStayInProportion(Case c, Partition partition, SubjectId late)
    {
        var others = Enumerable.Range(0, c.Manifest.Count).Where(record => c.Manifest.Subjects![record] != late).ToArray();
        for (var b = 1; b <= c.Blocks; b++)
        {
            var block = partition.Block(b).ToArray().Where(record => c.Manifest.Subjects![record] != late).ToArray();
            for (var k = 0; k < c.Manifest.ClassCount; k++)
            {
                var expected = (double)block.Length * others.Count(record => c.Manifest.Labels[record] == k) / Math.Max(1, others.Length);
                Assert.Equal(expected, block.Count(record => c.Manifest.Labels[record] == k), 2.5);
            }
        }
    }

    [Fact]
    public void By_subject_every_subject_is_in_one_block_and_sizes_differ_by_one_subject_at_most() => Property.Holds(s_cases, c =>
    {
        if (c.Manifest.DistinctSubjects.Count < c.Blocks)
            return;
        var partition = Partition.Create(c.Manifest, new() { Blocks = c.Blocks, Seed = c.Seed, Kind = PartitionKind.BySubject });
        HoldsEveryRecordOnce(c, partition);
        foreach (var subject in c.Manifest.DistinctSubjects)
            Assert.Single(c.Manifest.RecordsOf(subject).Select(record => partition.Locate(record).Block).Distinct());
        var largest = c.Manifest.DistinctSubjects.Max(subject => c.Manifest.RecordsOf(subject).Count);
        Assert.True(Sizes(partition).Max() - Sizes(partition).Min() <= largest);
    });

    [Fact]
    public void By_subject_late_subjects_are_in_the_last_blocks() => Property.Holds(s_cases, c =>
    {
        if (c.Manifest.DistinctSubjects.Count <= c.Blocks)
            return;
        var lateBlocks = Math.Clamp((int)Math.Round(c.LateShare * c.Blocks), 1, c.Blocks);
        var late = c.Manifest.DistinctSubjects[0];
        var partition = Partition.Create(c.Manifest, new() { Blocks = c.Blocks, Seed = c.Seed, Kind = PartitionKind.BySubject, LateSubjects = [late], LateShare = c.LateShare });
        HoldsEveryRecordOnce(c, partition);
        foreach (var subject in c.Manifest.DistinctSubjects)
            Assert.Single(c.Manifest.RecordsOf(subject).Select(record => partition.Locate(record).Block).Distinct());
        Assert.True(partition.Locate(c.Manifest.RecordsOf(late)[0]).Block > c.Blocks - lateBlocks);
    });

    [Fact]
    public void Large_subjects_do_not_gather_in_the_first_blocks()
    {
        // 40 subjects of sizes 1 … 40 in 10 blocks: the mean block of the ten largest must lie near the middle over many seeds.
        var subjects = Enumerable.Range(1, 40).SelectMany(size => Enumerable.Repeat($"s{size}", size)).ToArray();
        var manifest = Manifests.Of(new int[subjects.Length], subjects);
        var blocks = Enumerable.Range(0, 60).Select(seed =>
        {
            var partition = Partition.Create(manifest, new() { Blocks = 10, Seed = (ulong)seed, Kind = PartitionKind.BySubject });
            return (double)partition.Locate(manifest.RecordsOf(new SubjectId("s40"))[0]).Block;
        }).ToArray();
        Assert.Equal(5.5, Statistics.Mean(blocks), 1.2);
    }

    [Fact]
    public void Sixty_thousand_records_are_split_evenly()
    {
        var labels = Enumerable.Range(0, 60_000).Select(i => i % 10).ToArray();
        var partition = Partition.Create(Manifests.Of(labels), new() { Blocks = 100 });
        Assert.All(Sizes(partition), size => Assert.Equal(600, size));
        Assert.Equal(60, partition.Block(37).ToArray().Count(record => labels[record] == 4));
    }
}
