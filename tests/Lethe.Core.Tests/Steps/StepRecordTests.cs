using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Records;
using Lethe.Core.Steps;

namespace Lethe.Core.Tests.Steps;

public sealed class StepRecordTests
{
    [Fact]
    public void A_set_of_deleted_records_has_one_digest_whatever_the_order()
    {
        Assert.Equal(Digest.OfText("lethe-deleted-1\n"), DeletedRecords.DigestOf([]));
        Assert.Equal(Digest.OfText("lethe-deleted-1\n2,10,33"), DeletedRecords.DigestOf([33, 2, 10]));
    }

    [Fact]
    public void A_record_of_steps_reads_as_it_was_written()
    {
        var record = Record(Initial, Trained(1), Derived(2), Trained(3));
        var read = StepRecord.FromJson(record.ToJson() + "\n");
        Assert.Equal(record.Steps, read.Steps);
        Assert.Equal(record.Digest, read.Digest);
        Assert.Contains("\"kind\":\"trained\"", record.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_that_are_not_well_formed_are_refused()
    {
        StepRecord[] bad =
        [
            Record(Trained(2), Trained(1)),
            Record(Trained(1), Trained(1)),
            Record(Trained(0)),
            Record(Initial with { Block = 1 }),
            Record(Trained(1) with { Input = null }),
            Record(Trained(1) with { Deleted = null }),
            Record(Derived(1) with { Input = Digest.OfText("x") }),
            Record(Initial) with { Format = 2 },
        ];
        foreach (var record in bad) Assert.Throws<BadDataException>(() => StepRecord.FromJson(record.ToJson()));
    }

    private static TrainingStep Initial { get; } = new(0, StepKind.Initial, null, Digest.OfText("0"), null, 0, 0);

    private static TrainingStep Trained(int block) =>
        new(block, StepKind.Trained, Digest.OfText($"{block - 1}"), Digest.OfText($"{block}"), DeletedRecords.DigestOf([block]), 20, 0.5);

    private static TrainingStep Derived(int block) => new(block, StepKind.Derived, null, Digest.OfText($"{block}"), null, 0, 0);

    private static StepRecord Record(params TrainingStep[] steps) => new()
    {
        Format = StepRecord.CurrentFormat,
        Request = "request-0001",
        Data = Digest.OfText("data"),
        Partition = Digest.OfText("partition"),
        Recipe = Digest.OfText("recipe"),
        Profile = new NumericProfile("1.13.1", 1, "AVX2", "fp32", "cpu", "build"),
        Deleted = DeletedRecords.DigestOf([1, 2]),
        Served = Digest.OfText("3"),
        Steps = steps,
    };
}
