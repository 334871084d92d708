using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Methods.Aru;
using Lethe.Methods.Editing;
using Lethe.Methods.Execution;
using Lethe.Methods.Options;
using Lethe.Methods.Unsir;

namespace Lethe.Methods.Tests.Editing;

/// <summary>Records are held out of training, but never the last one of a class.</summary>
public sealed class SmallClassTests
{
    [Theory]
    [InlineData(1, 0.1, 0)]
    [InlineData(2, 0.1, 1)]
    [InlineData(10, 0.1, 1)]
    [InlineData(11, 0.1, 2)]
    [InlineData(5, 0.9, 4)]
    [InlineData(5, 0, 0)]
    public void A_share_is_rounded_up_as_far_as_one_record_stays(int count, double share, int aside)
    {
        int[] labels = [.. Enumerable.Repeat(0, count), .. Enumerable.Repeat(1, 40)];
        var records = new RecordSet(Enumerable.Range(0, labels.Length), labels);
        var held = records.SetAside(share, 5);
        Assert.Equal(aside, held.Records.Count(record => labels[record] == 0));
        var large = records.Where(record => labels[record] == 1);
        Assert.Equal(large.Share(share, 5).Records, held.Where(record => labels[record] == 1).Records);
    }

    [Fact]
    public void Repair_and_rehearsal_train_on_every_class_that_stays()
    {
        using var fixture = SyntheticRun.Mlp();
        RecordId[] all = [.. fixture.Data.Manifest.RecordsOf(0)];
        Forget(all[1..]);
        var records = Task("aru", fixture.Request("r", 2, 4));
        var repair = new Repair(records, RepairOptions.Of(records.Options));
        Assert.Contains(all[0].Value, repair.Training.Records);
        Assert.Equal([1, 2], repair.Validation.Classes);
        using (var repaired = fixture.Execute("aru", fixture.Request("r", 2, 4))) Assert.NotNull(repaired.Candidate);

        Assert.Contains("retained class", fixture.Plan("unsir", fixture.ClassRequest("c", 1), MethodOptions.Of(("tuned", "true"))).Refusal, StringComparison.Ordinal);
        var smallest = Task("unsir", Of("s", [all[0]]));
        var rehearsal = new RateRehearsal(smallest, UnsirSettings.From(smallest.Options), part => part);
        Assert.Equal([1, 2], rehearsal.Rest.Classes);
        using var tuned = fixture.Execute("unsir", Of("s", [all[0]]), MethodOptions.Of(("tuned", "true"), ("noise-batch", "8")));
        Assert.All(tuned.Findings.Numbers, finding => Assert.All(finding.Values, value => Assert.True(double.IsFinite(value))));

        void Forget(RecordId[] gone)
        {
            using var result = fixture.Execute("retrain", Of("first", gone));
            fixture.Run.Commit(result.NextIndex);
        }

        EditTask Task(string method, ForgetRequest request)
        {
            var descriptor = MethodCatalog.Find(method).Descriptor;
            return new EditTask(descriptor, request, fixture.Run, fixture.Data.Manifest, ForgetScope.Of(fixture.Run, request), MethodOptions.None.For(descriptor));
        }
    }

    private static ForgetRequest Of(string id, RecordId[] records) =>
        ForgetRequest.Create(id, new Selection.ByRecords(records), records, DateTimeOffset.UnixEpoch);
}
