using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Progress;
using Lethe.Core.Records;
using Lethe.Core.Store;
using Lethe.Core.Verdicts;
using Lethe.Methods.Retrain;
using Lethe.Reports;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Training;
using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>Puts the run's model beside gold models, and judges it.</summary>
internal sealed class VerificationOperation(VerificationOptions options, TimeProvider time, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    /// <summary>Tests that others add to the verdict, such as attacks with shadow models; null: none.</summary>
    public Func<VerificationModels, IReadOnlyList<JudgedMeasure>>? Further { get; init; }

    /// <summary>Refuses what <see cref="Further"/> must not do, before anything is trained; null: nothing is refused.</summary>
    public Action<Run, TensorDataset, TensorDataset?>? Allowed { get; init; }

    /// <summary>Distributions of the scores behind <see cref="Further"/>, asked for after it; null: none.</summary>
    public Func<IReadOnlyList<ScoreComparison>>? FurtherScores { get; init; }

    /// <summary>Rows of the table behind <see cref="Further"/>, asked for after it; null: none.</summary>
    public Func<IReadOnlyList<Comparison>>? FurtherRows { get; init; }

    public VerificationSummary Verify(string directory)
    {
        if (options.GoldSeeds < 1)
            throw new UsageException($"--gold-seeds {options.GoldSeeds}: at least one gold model is needed, and a verdict needs more (`lethe policy`).");
        if (options.Shadows < ShadowAttack.LeastPairs)
            throw new UsageException($"--shadows {options.Shadows}: at least {ShadowAttack.LeastPairs} pairs of shadow models are needed, because each is attacked with the help of the others; 32 give steady figures.");
        var named = options.Policy is { } file ? PolicyFile.Read(file) : null;
        using var run = Run.Open(directory, writable: true);
        CommittedRequests.Finish(run);
        run.RequireReady();
        if (options.Promote)
            PromotionOperation.RequireCandidate(run);
        var subject = VerificationSubject.Of(run);
        if (options.Promote && named is not null && named.Digest != PolicyFile.Of(run, subject.Request).Digest)
            throw new UsageException($"--policy {options.Policy} with --promote: only a verdict by the policy of {subject.Request} itself can promote its candidate, and this is another one. Leave --policy out, or --promote.");
        var policy = named ?? PolicyFile.Of(run, subject.Request);
        using var data = DataReading.LoadTraining(run);
        using var test = DataReading.LoadTest(run, data);
        var wanted = Wanted(run, policy);
        Allowed?.Invoke(run, data, test);
        if (options.SecureErase)
            run.BeginErasing();
        GoldCache.DestroyStale(run);
        if (options.SecureErase)
            run.EndErasing();
        var golds = new List<GoldModel>();
        try
        {
            int reused = AddGolds(golds, run, data, subject, wanted);
            progress?.Report(new ProgressUpdate("measure", 0, golds.Count + 2L));
            var summary = Compare(run, data, test, subject, policy, golds, reused);
            return options.Promote ? PromotionOperation.AfterVerdict(run, summary, options.SecureErase, time) : PromotionOperation.WithNextStep(run, summary);
        }
        finally
        {
            golds.ForEach(gold => gold.Dispose());
        }
    }

    /// <summary>Adds the gold models.</summary>
    /// <returns>How many of them did not have to be trained.</returns>
    private int AddGolds(List<GoldModel> golds, Run run, TensorDataset data, VerificationSubject subject, int count)
    {
        if (options.GoldFiles.Count > 0)
        {
            golds.AddRange(GoldFiles.Read(run, subject, options.GoldFiles));
            return 0;
        }

        if (count == 0)
            return 0;
        var share = progress is null ? null : new GoldProgress(progress, count, run.Index.TrainingCost.Seconds);
        var cache = new GoldCache(run, data, time, share, cancellation);
        // Never the run's own seed: a gold model that starts from the same weights in the same order is closer to the run's model
        // than gold models are to each other, and would flatter it.
        ulong[] seeds = [.. Enumerable.Range(1, count).Select(i => run.Recipe.Seed + (ulong)i)];
        share?.Announce(cache.CountKept(seeds));
        foreach (ulong seed in seeds)
        {
            golds.Add(cache.Get(seed));
            share?.Finished(golds[^1].Cost.Seconds);
        }

        return cache.Reused;
    }

    /// <summary>How many gold models there will be; says before any is trained where they are too few for a verdict.</summary>
    /// <exception cref="UsageException">Files were named although Lethe can train gold models; or a promotion is asked for that so few cannot allow.</exception>
    private int Wanted(Run run, VerificationPolicy policy)
    {
        bool imported = run.Recipe.Scheme == TrainingScheme.Imported;
        if (!imported && options.GoldFiles.Count > 0)
            throw new UsageException("--gold is for imported models; for this run Lethe trains the gold models itself. Leave it out.");
        if (imported && options.GoldSeeds is { } seeds)
            throw new UsageException($"--gold-seeds {seeds}: {run.Directory} was imported, and Lethe cannot train gold models for it. Name models that you retrained without the forgotten records: --gold MODEL.pt");
        int count = imported ? options.GoldFiles.Count : options.GoldSeeds ?? policy.Golds;
        if (count >= policy.MinGolds)
            return count;
        string few = $"{(count == 0 ? "there is no gold model" : Wording.Count(count, "gold model is too few", "gold models are too few"))}: the policy asks for {policy.MinGolds} (minGolds)";
        if (!imported && options.Promote && policy.Promotion == PromotionRule.Verdict)
            throw new UsageException($"--gold-seeds {count} with --promote: {few}, so that no promotion could follow. Give --gold-seeds {policy.MinGolds} or more, or leave it out.");
        progress?.Report(new ProgressUpdate("verify", 0, 0, $"{few}; the verdict will be UNVERIFIED, unless an alarm is raised"));
        return count;
    }

    private VerificationSummary Compare(
        Run run, TensorDataset data, TensorDataset? test, VerificationSubject subject, VerificationPolicy policy, List<GoldModel> golds, int reused)
    {
        var kept = subject.Kept;
        bool named = options.GoldFiles.Count > 0;
        using var state = run.Load(subject.Model);
        using var before = subject.OriginalExists ? run.Load(subject.Original!.Value) : null;
        int done = 0;
        MeasuredModel One(ModelProbe probe, StateDict model, Digest digest)
        {
            var view = probe.View(model);
            progress?.Report(new ProgressUpdate("measure", Math.Min(++done, golds.Count + 2L), golds.Count + 2L));
            return new MeasuredModel(view.Aggregate(digest, run.Recipe.Seed), view, model);
        }

        var probe = new ModelProbe(run, data, test, kept.Records, subject.Deleted.ToHashSet(), cancellation) { Policy = policy };
        var original = before is not null ? One(probe, before, subject.Original!.Value) : kept.Model is { } figures ? new MeasuredModel(figures) : null;
        var models = new VerificationModels(
            run, data, subject, original, One(probe, state, subject.Model), [.. golds.Select(gold => One(probe, gold.State, subject.Model))], named ? [] : [.. golds.Select(gold => gold.Seed)],
            named ? [.. golds.Select(gold => GoldFiles.DigestOf(gold.State))] : []);
        var verdict = VerdictBuilding.Build(models, policy, probe.NeighbourCount, Further?.Invoke(models) ?? [], time.GetUtcNow());
        string folder = run.RequestDirectory(subject.Request);
        VerdictFiles.Write(folder, verdict, policy);
        RunEvents.Complete(run);
        ModelAggregates[] aggregates = [.. models.Golds.Select(model => model.Aggregates)];
        Comparison[] measures =
        [
            .. MeasureTable.Accuracies(original?.Aggregates, models.Candidate.Aggregates, aggregates),
            .. golds.Count == 0 ? [] : MeasureTable.Closeness(original, models.Candidate, models.Golds),
            .. MeasureTable.Losses(original?.Aggregates, models.Candidate.Aggregates, aggregates),
            .. FurtherRows?.Invoke() ?? [],
        ];
        var memory = run.BlockCount > 1 ? probe.Profile(state) : null;
        return new VerificationSummary
        {
            Run = run.Directory,
            Verdict = verdict,
            VerdictFile = Path.Combine(folder, Verdict.FileName),
            Model = subject.Model,
            Forgotten = subject.Deleted.Count,
            GoldSeeds = models.Seeds,
            GoldFromCache = reused,
            GoldSeconds = golds.Select(gold => gold.Cost.Seconds).DefaultIfEmpty().Average(),
            Page = VerificationFigures.Write(folder, VerificationFigures.Of(models, verdict, test, measures, memory, FurtherScores?.Invoke() ?? [])),
            Measures = measures,
            AllForgotten = kept.Records.Count == subject.Deleted.Count ? [] : OfAllForgotten(All()),
            Requests = kept.Requests,
            Costs = named || golds.Count == 0 ? [] : Costs(subject.Costs, golds),
            Remarks = [.. kept.Remarks, .. Remarks(golds.Count)],
        };

        (MeasuredModel, MeasuredModel[]) All()
        {
            var all = new ModelProbe(run, data, test, subject.Deleted, subject.Deleted.ToHashSet(), cancellation);
            return (One(all, state, subject.Model), [.. golds.Select(gold => One(all, gold.State, subject.Model))]);
        }
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

    private static CostBar[] Costs(IReadOnlyList<CostAccount> requests, List<GoldModel> golds)
    {
        var spent = requests.Aggregate((left, right) => left + right);
        return
        [
            new CostBar(requests.Count == 1 ? "the request" : $"the {requests.Count} requests", spent.Samples, spent.Seconds, true),
            new CostBar("training one gold model", (long)golds.Average(gold => gold.Cost.Samples), golds.Average(gold => gold.Cost.Seconds), true),
        ];
    }

    private IEnumerable<string> Remarks(int golds)
    {
        bool given = options.GoldFiles.Count > 0;
        if (golds == 0)
        {
            yield return "The run was imported, and how its model was trained is unknown: Lethe cannot train gold models to compare with. Name TorchScript files of the model, retrained without the "
                + "forgotten records with other seeds: lethe verify RUN --gold MODEL.pt.";
        }

        if (golds == 1)
            yield return $"With one gold model there is no noise floor: nothing says which differences matter. {(given ? "Name several with --gold." : "Leave --gold-seeds out.")}";
        if (given)
            yield return GoldFiles.Remark;
    }
}
