using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Training.Datasets;
using Lethe.Training.Scenarios;

namespace Lethe.Training.Tests.Scenarios;

public class ScenarioTests
{
    private const int Count = 200;

    private static TensorDataset Data(IReadOnlyList<SubjectId>? subjects = null) =>
        TensorDataset.FromBytes("made-up", new byte[Count * 2 * 5 * 4], [2, 5, 4], [.. Enumerable.Range(0, Count).Select(i => i % 4)], LabelCheck.Numbers(4), subjects);

    [Fact]
    public void Corrupted_labels_are_wrong_seeded_and_only_those_reported()
    {
        using TensorDataset clean = Data();
        (TensorDataset corrupted, IReadOnlyList<RecordId> records) = CorruptedLabels.Apply(clean, 0.15, 3);
        Assert.Equal(30, records.Count);
        for (int i = 0; i < Count; i++)
            Assert.Equal(records.Contains(new RecordId(i)), clean.Manifest.Labels[i] != corrupted.Manifest.Labels[i]);
        Assert.Equal(3, records.Select(record => (corrupted.Manifest.Labels[record.Value] - clean.Manifest.Labels[record.Value] + 4) % 4).Distinct().Count());
        Assert.Equal(corrupted.Manifest.Digest, CorruptedLabels.Apply(clean, 0.15, 3).Dataset.Manifest.Digest);
        Assert.Equal(corrupted.Manifest.Digest, CorruptedLabels.Apply(clean, records, 3).Dataset.Manifest.Digest);
        Assert.NotEqual(corrupted.Manifest.Digest, CorruptedLabels.Apply(clean, 0.15, 4).Dataset.Manifest.Digest);
    }

    [Fact]
    public void Corruption_that_cannot_be_is_refused()
    {
        using TensorDataset clean = Data();
        Assert.Throws<UsageException>(() => CorruptedLabels.Apply(clean, 0, 1));
        Assert.Throws<UsageException>(() => CorruptedLabels.Apply(clean, double.NaN, 1));
        Assert.Throws<UsageException>(() => CorruptedLabels.Apply(clean, [], 1));
        Assert.Throws<UsageException>(() => CorruptedLabels.Apply(clean, [new RecordId(Count)], 1));
        using TensorDataset single = TensorDataset.FromBytes("one", new byte[4], [1, 1, 2], [0, 0]);
        Assert.Throws<UsageException>(() => CorruptedLabels.Apply(single, 0.5, 1));
    }

    [Fact]
    public void A_backdoor_owner_stamps_its_share_and_nothing_else()
    {
        using TensorDataset clean = Data([.. Enumerable.Range(0, Count).Select(i => new SubjectId($"s{i / 10}"))]);
        BackdoorOwner owner = BackdoorOwner.Create(clean.Manifest, new BackdoorOptions { Count = 40, StampedShare = 0.25, Target = 2, Trigger = Trigger.Corner([2, 5, 4]), Seed = 5 });
        Assert.Equal((40, 10), (owner.Records.Count, owner.Stamped.Count));
        Assert.All(owner.Stamped, record => Assert.Contains(record, owner.Records));
        Assert.Equal([9, 10, 11, 13, 14, 15, 17, 18, 19], owner.Trigger.Positions);
        using TensorDataset poisoned = owner.Apply(clean);
        Assert.Equal(owner.Records, poisoned.Manifest.RecordsOf(owner.Subject));
        for (int i = 0; i < Count; i++)
        {
            bool stamped = owner.Stamped.Contains(new RecordId(i));
            Assert.Equal(stamped ? 2 : i % 4, poisoned.Manifest.Labels[i]);
            byte[] expected = [.. Enumerable.Range(0, 40).Select(p => stamped && owner.Trigger.Positions.Contains(p % 20) ? (byte)255 : (byte)0)];
            Assert.Equal(expected, poisoned.Pixels(i));
        }
        using TensorDataset test = owner.TriggeredTest(clean);
        Assert.Equal(150, test.Count);
        Assert.All(test.Manifest.Labels, label => Assert.Equal(2, label));
        Assert.Equal(255, test.Pixels(149)[39]);
        Assert.Equal(0, clean.Pixels(owner.Stamped[0].Value)[39]);
    }

    [Fact]
    public void Owners_are_drawn_by_their_seed()
    {
        using TensorDataset clean = Data();
        BackdoorOwner Make(ulong seed) => BackdoorOwner.Create(clean.Manifest, new BackdoorOptions { Count = 20, Seed = seed });
        Assert.Equal(Make(1).Records, Make(1).Records);
        Assert.Equal(Make(1).Trigger.Positions, Make(1).Trigger.Positions);
        Assert.Equal(4, Make(1).Trigger.Positions.Distinct().Count());
        Assert.NotEqual(Make(1).Records, Make(2).Records);
        Assert.NotEqual(Make(1).Trigger.Positions, Make(2).Trigger.Positions);
        Assert.True(Enumerable.Range(1, 20).Select(seed => Make((ulong)seed).Target).Distinct().Count() == 4);
        Assert.Equal(10, Make(1).Stamped.Count);
        using TensorDataset poisoned = Make(1).Apply(clean);
        Assert.Equal(Count - 20 + 1, poisoned.Manifest.DistinctSubjects.Count);
    }

    [Fact]
    public void Features_carry_triggers_too()
    {
        using TensorDataset clean = TensorDataset.FromFloats("f", new float[30], [5], [0, 1, 0, 1, 0, 1]);
        BackdoorOwner owner = BackdoorOwner.Create(clean.Manifest, new BackdoorOptions { Records = [new RecordId(4), new RecordId(1)], StampedShare = 1, Target = 0, Trigger = Trigger.RandomPixels([5], 1, 2, 0.5f) });
        using TensorDataset poisoned = owner.Apply(clean);
        Assert.Equal(2, poisoned.Samples.data<float>()[5..10].Count(value => value == 0.5f));
        Assert.Equal(4, poisoned.Samples.data<float>().Count(value => value == 0.5f));
    }

    [Fact]
    public void Owners_that_cannot_be_are_refused()
    {
        using TensorDataset clean = Data();
        Assert.Throws<UsageException>(() => BackdoorOwner.Create(clean.Manifest, new BackdoorOptions { Count = 0 }));
        Assert.Throws<UsageException>(() => BackdoorOwner.Create(clean.Manifest, new BackdoorOptions { Count = Count + 1 }));
        Assert.Throws<UsageException>(() => BackdoorOwner.Create(clean.Manifest, new BackdoorOptions { Count = 1, Target = 4 }));
        Assert.Throws<UsageException>(() => BackdoorOwner.Create(clean.Manifest, new BackdoorOptions { Count = 1, StampedShare = 0 }));
        Assert.Throws<UsageException>(() => BackdoorOwner.Create(clean.Manifest, new BackdoorOptions { Count = 1, Trigger = Trigger.Corner([1, 28, 28]) }));
        Assert.Throws<UsageException>(() => Trigger.Corner([5]));
        Assert.Throws<UsageException>(() => Trigger.RandomPixels([1, 1, 3], 1));
    }

    [Fact]
    public void People_are_made_up_in_groups_of_one_size()
    {
        using TensorDataset clean = Data();
        using TensorDataset people = AssignSubjects.Apply(clean, 30, 9);
        Assert.Equal(7, people.Manifest.DistinctSubjects.Count);
        Assert.Equal(30, people.Manifest.RecordsOf(new SubjectId("person-0001")).Count);
        Assert.Equal(20, people.Manifest.RecordsOf(new SubjectId("person-0007")).Count);
        Assert.NotEqual(Enumerable.Range(0, 30), people.Manifest.RecordsOf(new SubjectId("person-0001")).Select(record => record.Value));
        using TensorDataset again = AssignSubjects.Apply(clean, 30, 9);
        Assert.Equal(people.Manifest.Digest, again.Manifest.Digest);
        Assert.Throws<UsageException>(() => AssignSubjects.Apply(clean, 0, 9));
    }
}
