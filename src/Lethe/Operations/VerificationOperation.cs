using Lethe.Core.Errors;
using Lethe.Core.Progress;
using Lethe.Methods.Retrain;
using Lethe.Reports;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Puts the run's model beside gold models.</summary>
internal sealed class VerificationOperation(VerificationOptions options, TimeProvider time, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    public VerificationSummary Verify(string directory)
    {
        if (options.GoldSeeds < 1)
            throw new UsageException($"--gold-seeds {options.GoldSeeds}: at least one gold model is needed, two or more show the noise.");
        using var run = Run.Open(directory, writable: true);
        CommittedRequests.Finish(run);
        run.RequireReady();
        if (run.Index.Deleted.Count == 0)
            throw new BadDataException($"{directory} has forgotten nothing yet, so there is nothing to verify. Forget something first: lethe forget {directory} --records 0");
        using var data = DataReading.LoadTraining(run);
        using var test = DataReading.LoadTest(run, data);
        RequireGold(run);
        GoldCache.DestroyStale(run);
        var cache = new GoldCache(run, data, time, progress, cancellation);
        var golds = new List<GoldModel>();
        try
        {
            // Never the run's own seed: a gold model that starts from the same weights in the same order is closer to the run's model
            // than gold models are to each other, and would flatter it.
            if (options.GoldFiles.Count > 0)
                golds.AddRange(GoldFiles.Read(run, options.GoldFiles));
            for (ulong i = 1; options.GoldFiles.Count == 0 && i <= (ulong)options.GoldSeeds; i++)
                golds.Add(cache.Get(run.Recipe.Seed + i));
            progress?.Report(new ProgressUpdate("measure", 0, 0));
            return Compare(run, golds, cache.Reused, records => new ModelProbe(run, data, test, records, run.Index.Deleted.ToHashSet(), cancellation));
        }
        finally
        {
            golds.ForEach(gold => gold.Dispose());
        }
    }

    private void RequireGold(Run run)
    {
        bool imported = run.Recipe.Scheme == TrainingScheme.Imported;
        if (imported && options.GoldFiles.Count == 0)
        {
            throw new BadDataException(
                $"{run.Directory} was imported, and how its model was trained is unknown: Lethe cannot train a gold model to compare with. What was "
                + "measured before and after is in the report of the request. If you retrain the model without the forgotten records yourself, name "
                + "its TorchScript file: lethe verify RUN --gold MODEL.pt");
        }

        if (!imported && options.GoldFiles.Count > 0)
            throw new UsageException("--gold is for imported models; for this run Lethe trains the gold models itself. Leave it out.");
    }

    private VerificationSummary Compare(Run run, List<GoldModel> golds, int reused, Func<IReadOnlyList<int>, ModelProbe> probeOf)
    {
        var served = run.Index.Served!.Value;
        using var state = run.Load(served);
        (MeasuredModel, MeasuredModel[]) Measure(IReadOnlyList<int> records)
        {
            var probe = probeOf(records);
            MeasuredModel One(StateDict model)
            {
                var view = probe.View(model);
                return new MeasuredModel(view.Aggregate(served, run.Recipe.Seed), view, model);
            }

            return (One(state), [.. golds.Select(gold => One(gold.State))]);
        }

        var kept = KeptOriginal.Of(run);
        var (unlearned, measured) = Measure(kept.Records);
        ModelAggregates[] aggregates = [.. measured.Select(model => model.Aggregates)];
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
                .. MeasureTable.Accuracies(kept.Model, unlearned.Aggregates, aggregates),
                .. MeasureTable.Closeness(null, unlearned, measured),
                .. MeasureTable.Losses(kept.Model, unlearned.Aggregates, aggregates),
            ],
            AllForgotten = kept.Records.Count == run.Index.Deleted.Count ? [] : OfAllForgotten(Measure(run.Index.Deleted)),
            Requests = kept.Requests,
            Costs = options.GoldFiles.Count > 0 ? [] : Costs(run, golds),
            Remarks = [.. kept.Remarks, .. Remarks(golds.Count)],
        };
    }

    private static Comparison[] OfAllForgotten((MeasuredModel Unlearned, MeasuredModel[] Golds) models)
    {
        ModelAggregates[] golds = [.. models.Golds.Select(model => model.Aggregates)];
        return
        [
            .. MeasureTable.Accuracies(null, models.Unlearned.Aggregates, golds).Where(row => row.Name.EndsWith("forgotten records", StringComparison.Ordinal)),
            .. MeasureTable.Losses(null, models.Unlearned.Aggregates, golds),
        ];
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

    private IEnumerable<string> Remarks(int golds)
    {
        bool given = options.GoldFiles.Count > 0;
        if (golds < 2)
            yield return $"With one gold model there is no noise floor: nothing says which differences matter. {(given ? "Name several with --gold." : "Use --gold-seeds 3.")}";
        if (given)
            yield return GoldFiles.Remark;
    }
}
