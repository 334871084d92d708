using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Methods.Baselines;
using Lethe.Methods.DeepObliviate;
using Lethe.Methods.Retrain;

namespace Lethe.Methods.Tests;

public sealed class PlainRunTests
{
    [Fact]
    public void RetrainingIsTrainingFromScratchWithoutTheRecords()
    {
        using var fixture = SyntheticRun.Plain();
        var request = fixture.Request("plain", 7, 1);
        using var gold = fixture.Gold(request.Records.Select(record => record.Value));
        fixture.Poison(request.Records);
        using var result = fixture.Execute(RetrainMethod.Name, request);
        Assert.Equal(Guarantee.Exact, result.Guarantee);
        Assert.Equal(Digest.Of(gold.State.ToSafetensors()), Digest.Of(result.Candidate.ToSafetensors()));
        Assert.Equal(4 * (fixture.Data.Count - 7), result.Cost.Samples);
    }

    [Fact]
    public void FineTuningServesIt()
    {
        using var fixture = SyntheticRun.Plain();
        var request = fixture.Request("plain", 7, 1);
        fixture.Poison(request.Records);
        using var result = fixture.Execute(FineTune.Name, request);
        Assert.Equal(Guarantee.Heuristic, result.Guarantee);
        fixture.Run.Commit(result.NextIndex);
        var later = fixture.Request("later", 9, 1);
        Assert.Null(fixture.Plan(RetrainMethod.Name, later).Refusal);
    }

    [Fact]
    public void DeepObliviateRefusesAndSaysWhy()
    {
        using var fixture = SyntheticRun.Plain();
        Assert.Contains("training in blocks", fixture.Plan(DeepObliviateMethod.Name, fixture.Request("plain", 7, 1)).Refusal, StringComparison.Ordinal);
    }
}
