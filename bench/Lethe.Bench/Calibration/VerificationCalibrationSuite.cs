using Lethe.Bench.Results;
using Lethe.Core.Numerics;
using Lethe.Core.Plans;
using Lethe.Core.Verdicts;
using Lethe.Training.Datasets;
using Lethe.Verification;

namespace Lethe.Bench.Calibration;

/// <summary>How often the verdict is right: on gold models, on originals, on over-forgotten models, and where nothing can be seen.</summary>
internal sealed class VerificationCalibrationSuite : IBenchSuite
{
    public const int Pairs = 20;
    public const int PairsWithoutPower = 10;
    public const int OverForgotten = 5;
    private const ulong GoldStream = 1, OriginalStream = 2, AscentStream = 3;

    public string Name => "verification-calibration";

    public string Description =>
        "How often the verdict is right: gold models, originals and over-forgotten models on wrong labels, a backdoor and overfitting, and a setting without power (MNIST, small MLP); about 4 minutes on one core. Needs LETHE_DATA.";

    public SuiteSeeds Seeds => SuiteSeeds.One;

    public Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var file = new ResultsFile(Name, context);
        var policy = VerificationPolicy.Default;
        var folder = DataFolder.Of("mnist");
        var source = DataSource.Parse($"mnist:{folder}");
        using var train = source.Load(new DataOptions { WritersFile = Path.Combine(folder, "qmnist-train-labels-idx2-int.gz") });
        using var test = source.Test!.Load();
        var scratch = Path.Combine(Path.GetTempPath(), $"lethe-bench-{Environment.ProcessId}");
        try
        {
            foreach (var make in CalibrationScenarios.All(train, test, context.Seed, context.Threads))
            {
                using var scenario = make();
                Run(context, scratch, scenario, policy, new CalibrationRows(file, scenario), cancellationToken);
                file.Write(Render(file));
            }
        }
        finally
        {
            if (Directory.Exists(scratch)) Directory.Delete(scratch, recursive: true);
        }

        return Task.CompletedTask;
    }

    public ResultsPage Render(ResultsFile file) => new VerificationCalibrationPage(file, VerificationPolicy.Default).Render();

    private static void Run(
        BenchContext context, string scratch, CalibrationScenario scenario, VerificationPolicy policy, CalibrationRows rows, CancellationToken cancellation)
    {
        var pairs = scenario.HasPower ? Pairs : PairsWithoutPower;
        using var models = new CalibrationModels(context, scratch, scenario, policy, cancellation);
        var golds = Pool("gold models", CalibrationRows.Gold, GoldStream, pairs + policy.Golds, models.Gold);
        var originals = Pool("originals", CalibrationRows.Original, OriginalStream, pairs + 1, models.Original);
        for (var i = 0; i < pairs; i++)
        {
            var reference = Golds(golds, i);
            Judge(CalibrationRows.Gold, golds[i], originals[i], reference);
            Judge(CalibrationRows.Original, originals[i], originals[i + 1], reference);
        }

        if (!scenario.HasPower) return;
        var over = Pool("over-forgotten models", CalibrationRows.OverForgotten, AscentStream, OverForgotten, models.OverForgotten);
        for (var i = 0; i < over.Count; i++) Judge(CalibrationRows.OverForgotten, over[i], originals[i], Golds(golds, i));

        List<CalibrationModel> Pool(string what, string method, ulong stream, int size, Func<ulong, CalibrationModel> make)
        {
            context.Log($"{scenario.Name}: {size} {what}");
            var pool = new List<CalibrationModel>();
            for (var i = 0; i < size; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                pool.Add(make(CounterRandom.DeriveSeed(context.Seed, stream, (ulong)i)));
                rows.Add(method, pool[^1]);
            }

            return pool;
        }

        // The gold models after the i-th one in the pool, which goes round: never the judged one itself.
        List<CalibrationModel> Golds(List<CalibrationModel> pool, int i) =>
            [.. Enumerable.Range(1, policy.Golds).Select(step => pool[(i + step) % pool.Count])];

        void Judge(string method, CalibrationModel candidate, CalibrationModel original, List<CalibrationModel> reference) =>
            rows.Add(method, candidate.Seed, Verdict(scenario, policy, models.NeighbourCount, candidate, original, reference, context.Time.GetUtcNow()));
    }

    private static Verdict Verdict(
        CalibrationScenario scenario, VerificationPolicy policy, int neighbours, CalibrationModel candidate, CalibrationModel original,
        List<CalibrationModel> golds, DateTimeOffset at)
    {
        double Neighbour(CalibrationModel model) => model.Judged.Figures[NeighbourAttack.Figure];
        var measures = JudgedMeasures.Of(original.Judged, candidate.Judged, [.. golds.Select(static gold => gold.Judged)], scenario.Forgotten.Count, policy).ToList();
        if (candidate.Hits is { } hits)
        {
            measures.Add(new JudgedMeasure
            {
                Name = VerdictMeasures.BackdoorHits,
                Definition = "Share of triggered unseen records of other classes that are put into the trigger's class.",
                Original = original.Hits,
                Candidate = hits,
                Golds = [.. golds.Select(static gold => gold.Hits!.Value)],
                Resolution = 1.0 / scenario.Test.Count,
            });
        }

        return Lethe.Verification.Judge.Decide(
            new JudgedCase
            {
                Model = candidate.Digest,
                Original = original.Digest,
                OriginalSource = "another model trained with the records",
                Request = scenario.Name,
                Records = scenario.Forgotten.Count,
                Method = "calibration",
                Guarantee = Guarantee.Heuristic,
                Golds = [.. golds.Select(static gold => gold.Seed)],
                Measures = measures,
                Useful = new UsefulAccuracy(original.Useful, candidate.Useful, [.. golds.Select(static gold => gold.Useful)], scenario.Test.Count),
                Neighbours = neighbours == 0 ? null : NeighbourAttack.Compare(neighbours, Neighbour(original), Neighbour(candidate), [.. golds.Select(Neighbour)], policy.Alpha),
            },
            policy, at);
    }
}
