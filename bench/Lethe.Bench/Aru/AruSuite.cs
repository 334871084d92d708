using Lethe.Bench.DeepObliviate;
using Lethe.Bench.Results;
using Lethe.Core.Partitions;
using Lethe.Methods;
using Lethe.Methods.Options;
using Lethe.Training.Datasets;

namespace Lethe.Bench.Aru;

/// <summary>Forgetting people with Attack-and-Reset, its controls and the baselines, where the original has learnt them by heart.</summary>
internal sealed class AruSuite : IBenchSuite
{
    private static readonly (string Model, bool Noisy)[] WriterSettings = [("lenet5", false), ("lenet5", true)];

    public string Name => "aru";

    public string Description =>
        "Attack-and-Reset against baselines and its own controls: 10 % of the people, MNIST by writers and CMU faces; about 50 minutes on one core. Needs LETHE_DATA.";

    public SuiteSeeds Seeds => SuiteSeeds.Repeated(5);

    public Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var folder = DataFolder.Of("mnist");
        using var digits = DataSource.Parse($"mnist:{folder}").Load(new DataOptions { WritersFile = Path.Combine(folder, "qmnist-train-labels-idx2-int.gz") });
        using var faces = DataSource.Parse($"cmu-faces:{DataFolder.Of("cmu-faces")}?task=eyes").Load();
        var file = new ResultsFile(Name, context);
        var scratch = Path.Combine(Path.GetTempPath(), $"lethe-bench-{Environment.ProcessId}");
        try
        {
            var chosen = new Dictionary<(string Model, bool Noisy), IReadOnlyDictionary<string, MethodOptions>>();
            foreach (var seed in context.Seeds)
            {
                foreach (var (model, noisy) in WriterSettings)
                {
                    AruScenario Draw(ulong draw, bool development) =>
                        AruScenario.Writers(digits, AruSettings.Writer(model, draw, context.Threads), noisy, development);
                    if (!chosen.ContainsKey((model, noisy)))
                    {
                        using var development = Draw(AruSettings.DevelopmentSeed, true);
                        chosen[(model, noisy)] = AruDevelopment.Choose(context, scratch, file, development, cancellationToken);
                    }
                    using var scenario = Draw(seed, false);
                    Compare(context, scratch, file, scenario, chosen[(model, noisy)], cancellationToken);
                }
                using var people = AruScenario.Faces(faces, AruSettings.Faces(seed, context.Threads));
                Compare(context, scratch, file, people, chosen[WriterSettings[0]], cancellationToken);
            }
        }
        finally
        {
            if (Directory.Exists(scratch)) Directory.Delete(scratch, recursive: true);
        }
        return Task.CompletedTask;
    }

    public ResultsPage Render(ResultsFile file) => AruPage.Render(Name, file);

    private void Compare(
        BenchContext context, string scratch, ResultsFile file, AruScenario scenario, IReadOnlyDictionary<string, MethodOptions> chosen,
        CancellationToken cancellation)
    {
        var rows = new AruRows(file, scenario);
        context.Log($"seed {scenario.Recipe.Seed}: {scenario.Dataset}, {scenario.Recipe.Model}: original and gold");
        using var bench = Bench(context, scratch, scenario, cancellation);
        rows.Measure(AruRows.Original, (data, records) => bench.Evaluate(bench.OriginalState, data, records));
        using var gold = bench.Gold(scenario.Forgotten, scenario.Recipe.Seed + AruSettings.GoldSeedOffset, cancellation);
        var goldScore = rows.Measure(AruRows.Gold, (data, records) => bench.Evaluate(gold.State, data, records));
        rows.Add(AruRows.Gold, AruRows.Seconds, gold.Cost.Seconds);
        rows.Add(AruRows.Gold, AruRows.Samples, gold.Cost.Samples);
        using (var other = bench.Gold(scenario.Forgotten, scenario.Recipe.Seed + 2 * AruSettings.GoldSeedOffset, cancellation))
        {
            var score = rows.Measure(AruRows.GoldOtherSeed, (data, records) => bench.Evaluate(other.State, data, records));
            rows.Add(AruRows.GoldOtherSeed, AruRows.Gap, score - goldScore);
        }
        foreach (var candidate in AruCandidate.All.Where(candidate => candidate.IsKnown))
        {
            context.Log($"seed {scenario.Recipe.Seed}: {scenario.Dataset}, {scenario.Recipe.Model}: {candidate.Label}");
            using var outcome = bench.Forget(
                scenario.Forgotten, MethodCatalog.Find(candidate.Method), candidate.Resolve(chosen[candidate.Label], chosen[AruCandidate.Aru]), cancellation);
            var score = rows.Measure(candidate.Label, (data, records) => bench.Evaluate(outcome.State, data, records));
            rows.Add(candidate.Label, AruRows.Gap, score - goldScore);
            rows.Add(candidate.Label, AruRows.Seconds, outcome.Seconds);
            rows.Add(candidate.Label, AruRows.Samples, outcome.Samples);
        }
        file.Write(Render(file));
    }

    /// <summary>The original of a scenario, trained.</summary>
    internal static Workbench Bench(BenchContext context, string scratch, AruScenario scenario, CancellationToken cancellation) => new(
        context, scratch, scenario.Data, scenario.Test, scenario.Recipe,
        Partition.Create(scenario.Data.Manifest, new PartitionOptions { Blocks = 1, Seed = scenario.Recipe.Seed }), cancellation);
}
