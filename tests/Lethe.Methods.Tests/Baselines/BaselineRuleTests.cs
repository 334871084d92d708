using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Methods.Baselines;
using Lethe.Methods.Options;
using Lethe.Methods.Retrain;
using Lethe.Torch;
using Lethe.Training.Training;

namespace Lethe.Methods.Tests.Baselines;

public sealed class BaselineRuleTests
{
    [Fact]
    public void NegGradDoesNothingWhereTheModelGuessesAlready()
    {
        using var run = new FormulaRun();
        using var zero = run.State(1.0);
        foreach (var name in zero.ParameterNames) zero[name].zero_();
        run.Serve(zero);
        using var result = run.Execute(NegGrad.Name);
        Assert.All(result.Candidate.ParameterNames, name => Assert.All(result.Candidate.Values(name), value => Assert.Equal(0, value)));
        Assert.Equal(3, result.Cost.Samples);
    }

    [Fact]
    public void NegGradDoesNotPushWhatIsAboveTheCap()
    {
        using var run = new FormulaRun();
        using var before = run.State(1.0);
        using var result = run.Execute(NegGrad.Name, ("loss-cap", "0.01"));
        Assert.All(before.ParameterNames, name => Assert.Equal(before.Values(name), result.Candidate.Values(name)));
    }

    [Fact]
    public void NegGradUndoesAPassThatDiverged()
    {
        using var run = new FormulaRun();
        using var before = run.State(1.0);
        using var result = run.Execute(NegGrad.Name, ("lr", "1e38"));
        Assert.All(before.ParameterNames, name => Assert.Equal(before.Values(name), result.Candidate.Values(name)));
        Assert.Contains(result.Findings.Numbers, finding => finding.Name.StartsWith("pass that diverged", StringComparison.Ordinal));
    }

    [Fact]
    public void EuKForgetsTheLastLayersAndKeepsTheFirst()
    {
        using FormulaRun run = new(), other = new();
        using var changed = other.State(1.0);
        changed["fc2.weight"].fill_(7);
        changed["fc2.bias"].fill_(-3);
        other.Serve(changed);
        using var result = run.Execute(ExactUnlearningOfLastLayers.Name, ("k", "1"), ("epochs", "2"));
        using var same = other.Execute(ExactUnlearningOfLastLayers.Name, ("k", "1"), ("epochs", "2"));
        Assert.Equal(Digest.Of(result.Candidate.ToSafetensors()), Digest.Of(same.Candidate.ToSafetensors()));
        using var served = run.State(1.0);
        Assert.Equal(served.Values("fc1.weight"), result.Candidate.Values("fc1.weight"));
        Assert.NotEqual(served.Values("fc2.weight"), result.Candidate.Values("fc2.weight"));
    }

    [Fact]
    public void BadTeacherLeadsToTheIgnorantNetworkOnTheForgottenRecordsOnly()
    {
        using var run = new FormulaRun();
        using var result = run.Execute(BadTeacher.Name, ("epochs", "600"), ("lr", "0.02"), ("retain-share", "1"));
        using var edit = run.Edit(BadTeacher.Name);
        var ignorant = edit.Fresh();
        ignorant.eval();
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        Tensor Logits(torch.nn.Module<Tensor, Tensor> module, IReadOnlyList<int> records) => edit.Logits(module, edit.Read([.. records]).Input);
        var (forgotten, retained) = (edit.Forgotten.Records, edit.Retained.Records);
        var ignorance = Logits(ignorant, forgotten);
        var knowledge = Logits(edit.Original, retained);
        Tensor ignoranceBefore = Logits(edit.Original, forgotten);
        result.Candidate.CopyTo(edit.Module);
        edit.Module.eval();
        var before = Distillation.Divergence(ignoranceBefore, ignorance, 1).ToDouble();
        Assert.True(before > 0.1, $"{before}");
        Assert.InRange(Distillation.Divergence(Logits(edit.Module, forgotten), ignorance, 1).ToDouble(), 0, 0.1 * before);
        Assert.InRange(Distillation.Divergence(Logits(edit.Module, retained), knowledge, 1).ToDouble(), 0, 0.1 * before);
    }

    [Fact]
    public void AmnesiacAloneIsASubtraction()
    {
        using var run = new FormulaRun();
        using StateDict expected = run.State(1.0), p0 = run.Run.LoadCheckpoint(0), p1 = run.Run.LoadCheckpoint(1), p2 = run.Run.LoadCheckpoint(2);
        expected.AddDifference(p0, p1);
        expected.AddDifference(p1, p2);
        using var result = run.Execute(Amnesiac.Name, ("epochs", "0"));
        Assert.Equal(Digest.Of(expected.ToSafetensors()), Digest.Of(result.Candidate.ToSafetensors()));
        Assert.Equal(["block 1", "block 2"], Assert.Single(result.Findings.Numbers).Labels);
        Assert.True(result.Cost.BytesRead > 4 * expected.ParameterCount * sizeof(float));
    }

    [Fact]
    public void AmnesiacRefusesWhereCheckpointsAreGone()
    {
        using var fixture = SyntheticRun.Mlp();
        using (var edited = fixture.Execute(FineTune.Name, fixture.Request("a", 2, 7))) fixture.Run.Commit(edited.NextIndex);
        Assert.Contains("checkpoint 7", fixture.Plan(Amnesiac.Name, fixture.Request("b", 1, 8)).Refusal, StringComparison.Ordinal);
        Assert.Null(fixture.Plan(Amnesiac.Name, fixture.Request("c", 1, 3)).Refusal);
        using (var exact = fixture.Execute(RetrainMethod.Name, fixture.Request("d", 1, 5))) fixture.Run.Commit(exact.NextIndex);
        Assert.Null(fixture.Plan(Amnesiac.Name, fixture.Request("e", 1, 8)).Refusal);
    }

    [Fact]
    public void AmnesiacRefusesPlainRuns()
    {
        using var fixture = SyntheticRun.Plain();
        Assert.Contains("training in blocks", fixture.Plan(Amnesiac.Name, fixture.Request("a", 2, 1)).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NegGrad.Name)]
    [InlineData(AdvancedNegGrad.Name)]
    [InlineData(CatastrophicForgetting.Name)]
    [InlineData(ExactUnlearningOfLastLayers.Name)]
    [InlineData(RandomLabels.Name)]
    [InlineData(BadTeacher.Name)]
    [InlineData(Amnesiac.Name)]
    public void ConvolutionsWithBatchNormalisationAndSingleRecordsAreServed(string method)
    {
        using var fixture = SyntheticRun.Convolution();
        using var result = fixture.Execute(method, fixture.Request("one", 1, 3), MethodOptions.Of(("epochs", "1")));
        foreach (var name in result.Candidate.ParameterNames.Concat(result.Candidate.BufferNames))
            Assert.All(result.Candidate.Values(name), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void CfKLeavesTheStatisticsOfTheOtherLayersAlone()
    {
        using var fixture = SyntheticRun.Convolution();
        using var before = fixture.Run.Load(fixture.Run.Index.Served!.Value);
        using var result = fixture.Execute(CatastrophicForgetting.Name, fixture.Request("one", 2, 3), MethodOptions.Of(("epochs", "1"), ("k", "2")));
        var changed = before.ParameterNames.Concat(before.BufferNames).Where(name => !before.Values(name).SequenceEqual(result.Candidate.Values(name)));
        Assert.Equal(
            ["bn8.bias", "bn8.num_batches_tracked", "bn8.running_mean", "bn8.running_var", "bn8.weight", "conv8.weight", "conv9.bias", "conv9.weight"],
            changed.Order(StringComparer.Ordinal));
    }
}
