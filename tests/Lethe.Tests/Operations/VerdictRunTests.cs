using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Records;
using Lethe.Core.Store;
using Lethe.Core.Verdicts;
using Lethe.Training.Runs;

namespace Lethe.Tests.Operations;

/// <summary>A run that has learnt labels by heart, which no rule gives: what was forgotten of it can be seen.</summary>
public sealed class VerdictRunTests : IDisposable
{
    private const int Records = 200;
    private const string Forgotten = "0-49";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lethe-verdict-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Exact_forgetting_is_complete_hidden_forgetting_is_not_and_both_are_stored()
    {
        var engine = new LetheEngine();
        string run = engine.Train(Request("run"), cancellation: Cancellation).Run;
        string untouched = Copy(run, "untouched"), judged = Copy(run, "judged");
        var forgotten = engine.Forget(run, new RecordSelection { Records = Forgotten }, new ForgettingOptions { Method = "retrain", Serve = true }, cancellation: Cancellation);
        var summary = engine.Verify(run, cancellation: Cancellation);
        var verdict = summary.Verdict;
        Assert.Equal(Digest.Of(File.ReadAllBytes(summary.VerdictFile)), Lethe.Core.Ledgers.LedgerFile.Read(run).Entries[^1].Event.Document);
        Assert.True(verdict.Kind == VerdictKind.Complete, string.Join('\n', verdict.Reasons));
        Assert.Equal((forgotten.After, forgotten.Request, 50), (verdict.Model, verdict.Request, verdict.Records));
        Assert.Equal(VerificationPolicy.Default.Golds, verdict.Golds.Count);
        Assert.DoesNotContain(1UL, verdict.Golds);
        Assert.Contains(VerdictMeasures.ForgottenAccuracy, verdict.Control.Failed);
        Assert.Equal("figures taken before it was destroyed", verdict.Control.Source);
        Assert.Contains(verdict.Retests, test => test is { Name: VerdictMeasures.RoundedAccuracy, Outcome: TestOutcome.Within });
        Assert.NotNull(verdict.Neighbours);
        Assert.Equal(verdict.ToJson(), Verdict.FromJson(File.ReadAllText(summary.VerdictFile)).ToJson());
        Assert.Equal(verdict.Policy, VerificationPolicy.FromJson(File.ReadAllText(Path.Combine(Path.GetDirectoryName(summary.VerdictFile)!, VerificationPolicy.VerdictFileName))).Digest);
        Assert.Contains(">COMPLETE</h1>", File.ReadAllText(summary.Page), StringComparison.Ordinal);
        using var figures = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(summary.Page, ".json")));
        var scores = figures.RootElement.GetProperty("scores")[0].GetProperty("models").EnumerateArray().ToDictionary(
            model => model.GetProperty("model").GetString()!, model => model.GetProperty("scores").GetProperty("forgotten").EnumerateArray().Sum(bin => bin.GetInt32()));
        Assert.Equal((50, 50, 50 * VerificationPolicy.Default.Golds), (scores["original"], scores["unlearned"], scores["gold"]));
        Assert.Empty(engine.Inspect(run, searchResidue: true, cancellation: Cancellation).Residue!.Found);
        var again = engine.Verify(run, cancellation: Cancellation);
        Assert.Equal(VerificationPolicy.Default.Golds, again.GoldFromCache);
        Assert.Equal((verdict with { At = again.Verdict.At }).ToJson(), again.Verdict.ToJson());

        var settings = new Dictionary<string, string> { ["epochs"] = "1", ["lr"] = "0.000001" };
        engine.Forget(untouched, new RecordSelection { Records = Forgotten }, new ForgettingOptions { Method = "fine-tune", Settings = settings }, cancellation: Cancellation);
        Copy(Path.Combine(run, "gold"), Path.Combine("untouched", "gold"));
        Copy(Path.Combine(run, "gold"), Path.Combine("judged", "gold"));
        var left = engine.Verify(untouched, cancellation: Cancellation);
        Assert.Equal(VerificationPolicy.Default.Golds, left.GoldFromCache);
        Assert.Equal(VerdictKind.Incomplete, left.Verdict.Kind);
        Assert.Equal(VerdictAlarm.NothingForgotten, Assert.Single(left.Verdict.Alarms).Name);
        Assert.Equal("the model itself", left.Verdict.Control.Source);
        Assert.Contains(VerdictMeasures.ForgottenDivergence, left.Verdict.Control.Failed);
        Assert.Throws<CandidateWaitsException>(() => engine.Promote(untouched));
        var insisted = engine.Forget(untouched, new RecordSelection { Records = Forgotten }, new ForgettingOptions { Method = "fine-tune", Settings = settings, Serve = true }, cancellation: Cancellation);
        Assert.Equal((RequestState.Candidate, true), (insisted.State, insisted.CheckFailed));
        Assert.Contains(insisted.Waits, reason => reason.StartsWith("Its verdict is INCOMPLETE: ", StringComparison.Ordinal));

        Assert.Equal(RequestState.Candidate, engine.Forget(judged, new RecordSelection { Records = Forgotten }, new ForgettingOptions { Method = "retrain" }, cancellation: Cancellation).State);
        Assert.Contains(engine.Verify(judged, cancellation: Cancellation).Remarks, remark => remark.EndsWith("lethe promote " + judged, StringComparison.Ordinal));
        var promoted = engine.Verify(judged, new VerificationOptions { Promote = true }, cancellation: Cancellation).Promotion!;
        Assert.Equal((PromotionBasis.Verdict, VerdictKind.Complete, forgotten.After), (promoted.Promotion.Basis, promoted.Promotion.Verdict, promoted.After));
        Assert.Contains(left.Verdict.Tests, test => test.Outcome == TestOutcome.Outside && test.Power > 0.9);
    }

    [Fact]
    public void The_policy_of_a_run_is_checked_first_and_kept()
    {
        string file = PathOf("policy.json");
        File.WriteAllText(file, """{"alpha":0.5}""");
        var bad = Assert.Throws<BadDataException>(() => new LetheEngine().Train(Request("bad") with { Policy = file }, cancellation: Cancellation));
        Assert.Contains("alpha is 0.5", bad.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(PathOf("bad")));
        File.WriteAllText(file, CanonicalJson.Serialize(VerificationPolicy.Default with { Golds = 2, MinGolds = 2, RelearnSteps = 3, Neighbours = 0 }));
        var engine = new LetheEngine();
        string run = engine.Train(Request("run") with { Policy = file, EpochsPerBlock = 2 }, cancellation: Cancellation).Run;
        File.Delete(file);
        engine.Forget(run, new RecordSelection { Records = "0-9" }, new ForgettingOptions { Method = "retrain", Measure = false, Serve = true }, cancellation: Cancellation);
        var verdict = engine.Verify(run, cancellation: Cancellation).Verdict;
        Assert.Equal((VerdictKind.Unverified, 2), (verdict.Kind, verdict.Golds.Count));
        Assert.All(verdict.Tests, test => Assert.Null(test.Original));
        Assert.Equal("not measured", verdict.Control.Source);
        Assert.Null(verdict.Neighbours);
        Assert.Contains("3 steps of relearning", verdict.Retests[0].Definition, StringComparison.Ordinal);
        var missing = Assert.Throws<BadDataException>(() => engine.Verify(run, new VerificationOptions { Policy = PathOf("none.json") }, cancellation: Cancellation));
        Assert.Contains("does not exist", missing.Message, StringComparison.Ordinal);
    }

    private TrainingRequest Request(string run)
    {
        if (!File.Exists(PathOf("a.csv")))
            Write();
        return new TrainingRequest
        {
            Data = new DataRequest { Source = $"csv:{PathOf("a.csv")}?label=y" },
            Test = $"csv:{PathOf("b.csv")}?label=y",
            Out = PathOf(run),
            Model = "mlp",
            ModelOptions = new Dictionary<string, string> { ["hidden"] = "64" },
            Scheme = Training.Training.TrainingScheme.Plain,
            EpochsPerBlock = 60,
            BatchSize = 20,
            LearningRate = 0.1,
            Momentum = 0.9,
            WeightDecay = 0,
            Schedule = "cosine",
            Threads = 1,
        };
    }

    private void Write()
    {
        var random = new CounterRandom(11, 1);
        foreach (string name in new[] { "a.csv", "b.csv" })
        {
            var rows = Enumerable.Range(0, Records).Select(_ => string.Join(',', Enumerable.Range(0, 10).Select(_ => random.NextNormal().ToString("F4", CultureInfo.InvariantCulture)).Append("c" + random.NextInt32(4))));
            File.WriteAllText(PathOf(name), string.Join(',', Enumerable.Range(0, 10).Select(i => $"x{i}")) + ",y\n" + string.Join('\n', rows));
        }
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
        {
            string target = Path.Combine(PathOf(to), Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }

        return PathOf(to);
    }
}
