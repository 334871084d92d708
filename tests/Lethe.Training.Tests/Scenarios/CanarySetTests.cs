using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Training.Datasets;
using Lethe.Training.Scenarios;

namespace Lethe.Training.Tests.Scenarios;

public sealed class CanarySetTests
{
    private const int People = 40;
    private const int RecordsEach = 6;

    private static readonly CanaryRegistry Registry = new(new string('a', 64), Share: 0.1);

    private static TensorDataset Data() => TensorDataset.FromBytes(
        "made-up", new byte[People * RecordsEach * 25], [1, 5, 5], [.. Enumerable.Range(0, People * RecordsEach).Select(i => i % 3)],
        subjects: [.. Enumerable.Range(0, People * RecordsEach).Select(i => new SubjectId($"p{i % People}"))]);

    [Fact]
    public void A_share_of_the_people_gets_one_trigger_each_on_half_of_their_records()
    {
        using var clean = Data();
        var canaries = CanarySet.Draw(Registry, clean.Manifest);
        using var planted = canaries.Plant(clean);

        Assert.Equal(4, canaries.Owners.Count);
        Assert.Equal(4, canaries.Owners.Select(owner => string.Join(' ', owner.Trigger.Positions)).Distinct().Count());
        var stamped = canaries.Owners.SelectMany(owner => owner.Stamped.Select(record => (record.Value, owner))).ToDictionary();
        Assert.Equal(4 * RecordsEach / 2, stamped.Count);
        for (var record = 0; record < clean.Count; record++)
        {
            var owner = stamped.GetValueOrDefault(record);
            Assert.Equal(owner?.Target ?? clean.Manifest.Labels[record], planted.Manifest.Labels[record]);
            Assert.Equal(owner?.Trigger.Positions.Count ?? 0, planted.Pixels(record).Count(pixel => pixel == 255));
            Assert.True(owner is null || owner.Subject == clean.Manifest.Subjects![record]);
        }
    }

    [Fact]
    public void The_secret_decides_and_planted_data_give_the_same_canaries()
    {
        using var clean = Data();
        var canaries = CanarySet.Draw(Registry, clean.Manifest);
        using var planted = canaries.Plant(clean);
        Assert.Equal(Told(canaries), Told(CanarySet.Draw(Registry, planted.Manifest)));
        Assert.NotEqual(Told(canaries), Told(CanarySet.Draw(Registry with { Secret = new string('b', 64) }, clean.Manifest)));
    }

    [Fact]
    public void Controls_have_the_target_and_other_triggers()
    {
        using var clean = Data();
        var canaries = CanarySet.Draw(Registry, clean.Manifest);
        var owner = canaries.Owners[0];
        var controls = canaries.Controls(owner, 5);
        Assert.All(controls, control => Assert.Equal(owner.Target, control.Target));
        Assert.Equal(6, controls.Append(owner).Select(control => string.Join(' ', control.Trigger.Positions.Order())).Distinct().Count());
    }

    [Fact]
    public void Data_without_people_and_bad_registries_are_refused()
    {
        using var clean = Data();
        using var nobody = clean.WithSubjects(null);
        Assert.Contains("--subjects", Assert.Throws<UsageException>(() => CanarySet.Draw(Registry, nobody.Manifest)).Message, StringComparison.Ordinal);
        Assert.Throws<UsageException>(() => CanarySet.Draw(Registry with { Share = 0 }, clean.Manifest));
        Assert.Throws<UsageException>(() => CanarySet.Draw(Registry with { Share = double.NaN }, clean.Manifest));
        Assert.Throws<UsageException>(() => CanarySet.Draw(Registry with { Secret = "a" }, clean.Manifest));
        Assert.Throws<UsageException>(() => CanarySet.Draw(Registry with { StampedShare = 1.5 }, clean.Manifest));
    }

    private static IEnumerable<string> Told(CanarySet canaries) => canaries.Owners.Select(owner =>
        $"{owner.Subject} {owner.Target} {string.Join(',', owner.Trigger.Positions)} {string.Join(',', owner.Stamped)}");
}
