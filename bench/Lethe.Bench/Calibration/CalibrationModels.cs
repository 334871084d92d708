using Lethe.Bench.DeepObliviate;
using Lethe.Core.Records;
using Lethe.Core.Verdicts;
using Lethe.Methods;
using Lethe.Methods.Options;
using Lethe.Methods.Retrain;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Training;
using Lethe.Verification;

namespace Lethe.Bench.Calibration;

/// <summary>A model's figures and answers; the model itself is gone.</summary>
/// <param name="Digest">Its identity.</param>
/// <param name="Seed">Its training seed.</param>
/// <param name="Judged">What the tests see of it.</param>
/// <param name="Useful">Accuracy on unseen records.</param>
/// <param name="Hits">The trigger's hit rate; null without one.</param>
internal sealed record CalibrationModel(Digest Digest, ulong Seed, JudgedModel Judged, double Useful, double? Hits);

/// <summary>Trains the models of a scenario, measures them as <c>lethe verify</c> does, and forgets them.</summary>
internal sealed class CalibrationModels : IDisposable
{
    private const int RetainedSample = 10_000;
    private readonly BenchContext context;
    private readonly string directory;
    private readonly CalibrationScenario scenario;
    private readonly CancellationToken cancellation;
    private readonly Run run;
    private readonly TensorDataset? triggered;
    private readonly int[] forgotten;
    private readonly VerdictProbe probe;
    private int count;

    public CalibrationModels(BenchContext context, string directory, CalibrationScenario scenario, VerificationPolicy policy, CancellationToken cancellation)
    {
        (this.context, this.directory, this.scenario, this.cancellation) = (context, directory, scenario, cancellation);
        run = Run.Create(Path.Combine(directory, "run"), new RunConfig
        {
            Recipe = context.Resolve(scenario.Recipe, scenario.Data),
            Partition = scenario.Partition,
            Dataset = DatasetReference.Of(scenario.Data.Manifest),
            Source = scenario.Data.Manifest.Name,
        });
        triggered = scenario.Owner?.TriggeredTest(scenario.Test);
        forgotten = [.. scenario.Forgotten.Select(static record => record.Value)];
        var gone = forgotten.ToHashSet();
        probe = new VerdictProbe(
            new VerdictScene
            {
                Recipe = run.Recipe,
                Create = run.CreateModel,
                CreateRandom = run.CreateInitialModel,
                Data = scenario.Data,
                Test = scenario.Test,
                Forgotten = forgotten,
                Retained = [.. Enumerable.Range(0, scenario.Data.Count).Where(record => !gone.Contains(record)).Take(RetainedSample)],
                Unseen = [.. Enumerable.Range(0, scenario.Test.Count)],
            },
            policy);
    }

    public int NeighbourCount => probe.NeighbourCount;

    /// <summary>A model trained without D_f.</summary>
    public CalibrationModel Gold(ulong seed) => Trained(seed, forgotten.ToHashSet());

    /// <summary>A model trained with D_f.</summary>
    public CalibrationModel Original(ulong seed) => Trained(seed, new HashSet<int>());

    /// <summary>A model trained with D_f, after gradient ascent on it for as long as the method goes on.</summary>
    public CalibrationModel OverForgotten(ulong seed)
    {
        using var bench = new Workbench(
            context, Path.Combine(directory, $"ascent-{count++}"), scenario.Data, scenario.Test, scenario.Recipe with { Seed = seed }, scenario.Partition, cancellation, floorRepeats: 1);
        var options = MethodOptions.Of(new Dictionary<string, string> { ["epochs"] = "200", ["lr"] = "0.05", ["loss-cap"] = "1000" });
        using var outcome = bench.Forget(scenario.Forgotten, MethodCatalog.Find("neg-grad"), options, cancellation);
        return Measured(outcome.State, seed);
    }

    public void Dispose()
    {
        triggered?.Dispose();
        run.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private CalibrationModel Trained(ulong seed, HashSet<int> deleted)
    {
        using var model = GoldTraining.Train(run, scenario.Data, deleted, seed, context.Time, null, cancellation);
        return Measured(model.State, seed);
    }

    private CalibrationModel Measured(StateDict state, ulong seed)
    {
        using var model = run.CreateModel();
        state.CopyTo(model);
        var evaluator = new Evaluator();
        var answers = evaluator.Evaluate(model, scenario.Data, run.Normalization, forgotten, cancellation);
        var unseen = evaluator.Evaluate(model, scenario.Test, run.Normalization, cancellation: cancellation);
        double? hits = triggered is null ? null : evaluator.Evaluate(model, triggered, run.Normalization, cancellation: cancellation).Accuracy;
        var figures = probe.Measure(state, answers, unseen, cancellation);
        return new CalibrationModel(Digest.Of(state.ToSafetensors()), seed, new JudgedModel(figures, answers), unseen.Accuracy, hits);
    }
}
