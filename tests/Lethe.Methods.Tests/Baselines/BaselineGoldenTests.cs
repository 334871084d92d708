using Lethe.Core.Store;
using Lethe.Methods.Baselines;
using Lethe.Torch;
using Lethe.Training.Training;

namespace Lethe.Methods.Tests.Baselines;

/// <summary>Update rules against python3-torch (tests/reference/baselines_a.py).</summary>
public sealed class BaselineGoldenTests
{
    private const float Tolerance = 2e-5f;

    private static readonly StateDict Golden = StateDict.FromSafetensors(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "baselines_a.safetensors")));

    [Fact]
    public void NegGradAscendsUntilChanceAccuracy()
    {
        using var run = new FormulaRun();
        using var result = run.Execute(NegGrad.Name, ("epochs", "20"), ("lr", "0.2"));
        Matches("neg-grad", result.Candidate);
        Assert.True(result.Findings.Numbers[1].Values[^2] > 0.5 && result.Findings.Numbers[1].Values[^1] <= 0.5);
    }

    [Fact]
    public void AdvancedNegGradDescendsOnOneAndAscendsOnTheOther()
    {
        using var run = new FormulaRun();
        using var result = run.Execute(AdvancedNegGrad.Name, ("epochs", "2"), ("lr", "0.05"), ("alpha", "0.7"));
        Matches("advanced-neg-grad", result.Candidate);
    }

    [Fact]
    public void CfKTrainsTheLastLayersOnly()
    {
        using var run = new FormulaRun();
        using var result = run.Execute(CatastrophicForgetting.Name, ("k", "1"), ("epochs", "3"));
        Matches("cf-k", result.Candidate);
        Assert.Equal("fc2", Assert.Single(Assert.Single(result.Findings.Numbers).Labels!));
    }

    [Fact]
    public void FineTuningBeginsEachEpochWithAnEmptyOptimizer()
    {
        using var run = new FormulaRun();
        using var result = run.Execute(FineTune.Name, ("epochs", "2"), ("lr", "0.02"));
        Matches("fine-tuned", result.Candidate);
    }

    [Fact]
    public void RandomLabelsAreWrongOnes()
    {
        using var run = new FormulaRun();
        using var result = run.Execute(RandomLabels.Name, ("epochs", "3"), ("lr", "0.01"));
        Matches("random-labels", result.Candidate);
    }

    [Fact]
    public void AmnesiacStartsFromTheServedModelWithoutTheBlocksUpdates()
    {
        using var run = new FormulaRun();
        // The records lie in both blocks: served − V_1 − V_2 is the formula's state when served = that + P_2 − P_0.
        using StateDict served = run.State(1.0), first = run.Run.LoadCheckpoint(0), last = run.Run.LoadCheckpoint(2);
        served.AddDifference(last, first);
        run.Serve(served);
        using var result = run.Execute(Amnesiac.Name, ("epochs", "2"), ("lr", "0.02"));
        Matches("fine-tuned", result.Candidate);
    }

    [Fact]
    public void TheBadTeachersDivergenceIsKl()
    {
        using var divergence = Distillation.Divergence(Golden["divergence/student"], Golden["divergence/teacher"], 2);
        Assert.Equal(Golden.Values("divergence/kl")[0], divergence.item<float>(), 1e-5f);
    }

    private static void Matches(string name, StateDict actual)
    {
        foreach (var parameter in actual.ParameterNames)
        {
            float[] wanted = Golden.Values($"{name}/{parameter}"), found = actual.Values(parameter);
            for (var i = 0; i < wanted.Length; i++) Assert.Equal(wanted[i], found[i], Tolerance);
        }
    }
}
