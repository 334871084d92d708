using Lethe.Core.Errors;
using Lethe.Core.Progress;
using Lethe.Methods.Retrain;
using Lethe.Reports;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Puts the run's model beside gold models.</summary>
internal sealed class VerificationOperation(VerificationOptions options, TimeProvider time, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    public VerificationSummary Verify(string directory)
    {
        if (options.GoldSeeds < 1)
            throw new UsageException($"--gold-seeds {options.GoldSeeds}: at least one gold model is needed, two or more show the noise.");
        using var run = Run.Open(directory, writable: true);
        RequestFolder.FinishCommitted(run);
        run.RequireReady();
        if (run.Index.Deleted.Count == 0)
            throw new BadDataException($"{directory} has forgotten nothing yet, so there is nothing to verify. Forget something first: lethe forget {directory} --records 0");
        using var data = DataReading.LoadTraining(run);
        using var test = DataReading.LoadTest(run, data);
        GoldCache.DestroyStale(run);
        var cache = new GoldCache(run, data, time, progress, cancellation);
        var golds = new List<GoldModel>();
        try
        {
            // Never the run's own seed: a gold model that starts from the same weights in the same order is closer to the run's model
            // than gold models are to each other, and would flatter it.
            for (ulong i = 1; i <= (ulong)options.GoldSeeds; i++)
                golds.Add(cache.Get(run.Recipe.Seed + i));
            progress?.Report(new ProgressUpdate("measure", 0, 0));
            var probe = new ModelProbe(run, data, test, run.Index.Deleted, run.Index.Deleted.ToHashSet(), cancellation);
            return Compare(run, golds, cache.Reused, probe);
        }
        finally
        {
            golds.ForEach(gold => gold.Dispose());
        }
    }

    private static VerificationSummary Compare(Run run, List<GoldModel> golds, int reused, ModelProbe probe)
    {
        var served = run.Index.Served!.Value;
        using var state = run.Load(served);
        MeasuredModel Measure(Training.Training.StateDict model)
        {
            var view = probe.View(model);
            return new MeasuredModel(view.Aggregate(served, run.Recipe.Seed), view, model);
        }

        var unlearned = Measure(state);
        MeasuredModel[] measured = [.. golds.Select(gold => Measure(gold.State))];
        ModelAggregates[] aggregates = [.. measured.Select(model => model.Aggregates)];
        var (original, remarks) = Original(run, golds.Count);
        return new VerificationSummary
        {
            Run = run.Directory,
            Model = served,
            Forgotten = run.Index.Deleted.Count,
            GoldSeeds = [.. golds.Select(gold => gold.Seed)],
            GoldFromCache = reused,
            GoldSeconds = golds.Average(gold => gold.Cost.Seconds),
            Measures =
            [
                .. MeasureTable.Accuracies(original, unlearned.Aggregates, aggregates),
                .. MeasureTable.Closeness(null, unlearned, measured),
                .. MeasureTable.Losses(original, unlearned.Aggregates, aggregates),
            ],
            Costs = Costs(run, golds),
            Remarks = remarks,
        };
    }

    private static CostBar[] Costs(Run run, List<GoldModel> golds)
    {
        var spent = run.Index.History.Select(entry => entry.Cost).Aggregate((left, right) => left + right);
        return
        [
            new CostBar(run.Index.History.Count == 1 ? "the request" : $"the {run.Index.History.Count} requests", spent.Samples, spent.Seconds, true),
            new CostBar("training one gold model", (long)golds.Average(gold => gold.Cost.Samples), golds.Average(gold => gold.Cost.Seconds), true),
        ];
    }

    /// <summary>The original was destroyed by the commit: only its aggregates are left, and only for a single request are they about the same records.</summary>
    private static (ModelAggregates?, IReadOnlyList<string>) Original(Run run, int golds)
    {
        var remarks = new List<string>
        {
            "The original model was destroyed when it was forgotten from; its column holds what was measured before, and only that.",
        };
        var original = run.Index.History.Count == 1 ? RequestFolder.ReadBefore(run.RequestDirectory(run.Index.History[0].Request)) : null;
        if (run.Index.History.Count > 1)
            remarks.Add("The run has served several requests: figures of the original are about other records and are left out.");
        else if (original is null)
            remarks.Add("The original was not measured (--no-measure).");
        if (golds < 2)
            remarks.Add("With one gold model there is no noise floor: nothing says which differences matter. Use --gold-seeds 3.");
        return (original, remarks);
    }
}
