using Lethe.Core.Numerics;
using Lethe.Core.Progress;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Core.Verdicts;
using Lethe.Methods;
using Lethe.Methods.Options;
using Lethe.Methods.Retrain;
using Lethe.Operations;
using Lethe.Reports;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Training;
using Lethe.Verification;

namespace Lethe.Demo;

/// <summary>Serves the demo's requests one after the other, each beside gold models trained for it.</summary>
internal sealed class DemoStory(
    Run run, TensorDataset data, TensorDataset test, TensorDataset stamped, DemoRequest settings, TimeProvider time, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    /// <summary>What the freshly trained model remembers of each block.</summary>
    public MemoryCurve? Profile()
    {
        using var state = run.Load(run.Index.Served!.Value);
        return new ModelProbe(run, data, test, [], new HashSet<int>(), cancellation).Profile(state);
    }

    public RequestSection Forget(string id, string title, IReadOnlyList<SubjectId> subjects, IReadOnlyList<string> explanation, bool withTrigger)
    {
        RecordId[] records = [.. subjects.SelectMany(data.Manifest.RecordsOf).Order()];
        int[] forgotten = [.. records.Select(record => record.Value)];
        var deleted = run.Index.Deleted.Concat(forgotten).ToHashSet();
        var request = ForgetRequest.Create(id, new Selection.BySubjects(subjects), records, time.GetUtcNow());
        var probe = new ModelProbe(run, data, test, forgotten, deleted, cancellation);
        var golds = new List<GoldModel>();
        using var original = run.Load(run.Index.Served!.Value);
        try
        {
            var method = MethodCatalog.Find(MethodCatalog.DefaultFor(run.Recipe.Scheme));
            var plan = method.Plan(request, run, data.Manifest, MethodOptions.None);
            var folder = RequestFolder.Accept(run, request, plan);
            using var result = method.Execute(plan, request, new UnlearningContext(run, data, progress, time), cancellation);
            for (ulong i = 1; i <= DemoSettings.GoldModels; i++)
                golds.Add(GoldTraining.Train(run, data, deleted, settings.Seed + i, time, progress, cancellation));
            progress?.Report(new ProgressUpdate("measure", 0, 0, title));
            var before = run.Index.Served!.Value;
            var measured = new Measured(Measure(probe, original), Measure(probe, result.Candidate), [.. golds.Select(gold => Measure(probe, gold.State))]);
            var record = ForgettingRecord.Of(request, plan, result, run) with { Measured = measured.Unlearned.Aggregates };
            record = record with { Gate = ForgettingGate.Judge(record, measured.Original.Aggregates, VerificationPolicy.Default.MaxAccuracyLoss) };
            folder.Stage(record);
            folder.Stage(result.Steps);
            run.Stage(id, result.NextIndex);
            Promotion.Commit(run, new HeldCandidate(folder, run.Staged(id)!, record), Allows(record.Gate), erase: false, time);
            var section = Section(title, explanation, request, result, golds, measured, before);
            return withTrigger ? section with { HitRates = HitRates(measured, golds) } : section;
        }
        finally
        {
            golds.ForEach(gold => gold.Dispose());
        }
    }

    private static PromotionRecord Allows(GateOutcome gate) => gate.Passed
        ? Promotion.ByGate(gate, "lethe demo")
        : new PromotionRecord(PromotionBasis.Override, $"shown beside gold models although: {string.Join(' ', gate.Complaints)}", "lethe demo");

    private RequestSection Section(
        string title, IReadOnlyList<string> explanation, ForgetRequest request, UnlearningResult result, List<GoldModel> golds, Measured measured, Digest before)
    {
        CostBar[] costs =
        [
            new("forgetting", result.Cost.Samples, result.Cost.Seconds, true),
            new("retraining from scratch", golds[0].Cost.Samples, golds.Average(gold => gold.Cost.Seconds), true),
            new("resuming before the first forgotten record", result.Resuming.Samples, result.Resuming.Seconds, false),
        ];
        ModelAggregates[] aggregates = [.. measured.Golds.Select(gold => gold.Aggregates)];
        return new RequestSection
        {
            Id = request.Id,
            Title = title,
            Headline = Wording.Headline(request.Records.Count, 1, costs[0], costs[1]),
            Method = MethodCatalog.DefaultFor(run.Recipe.Scheme),
            Guarantee = result.Guarantee.ToString().ToLowerInvariant(),
            Records = request.Records.Count,
            Subjects = 1,
            Decision = result.Trace?.Decision,
            Explanation = explanation,
            Accuracies = MeasureTable.Accuracies(measured.Original.Aggregates, measured.Unlearned.Aggregates, aggregates),
            Measures =
            [
                .. MeasureTable.Closeness(measured.Original, measured.Unlearned, measured.Golds),
                .. MeasureTable.Losses(measured.Original.Aggregates, measured.Unlearned.Aggregates, aggregates),
            ],
            Residual = TraceFigures.Curve(result.Trace, run.Index.NoiseFloor),
            Costs = costs,
            Timeline = TraceFigures.Timeline(run, request.Records.Select(record => record.Value), result.Trace, run.Index.History[^1]),
            Facts = [new Fact("model before (destroyed)", before.ToString()), new Fact("model after", run.Index.Served!.Value.ToString())],
            Pictures = settings.Pictures ? RecordPictures.Of(data, request.Records, DemoSettings.Pictures) : [],
        };
    }

    private MeasuredModel Measure(ModelProbe probe, StateDict state)
    {
        var view = probe.View(state);
        return new MeasuredModel(view.Aggregate(run.Index.Served!.Value, run.Recipe.Seed), view, state);
    }

    private HitRate[] HitRates(Measured measured, List<GoldModel> golds) =>
        [HitRate("original", measured.Original.State!), HitRate("unlearned", measured.Unlearned.State!), GoldHitRate(golds)];

    private HitRate HitRate(string model, StateDict state) => Rate(model, Hits(state), stamped.Count);

    private HitRate GoldHitRate(List<GoldModel> golds) => Rate("gold", golds.Sum(gold => Hits(gold.State)), stamped.Count * golds.Count);

    private int Hits(StateDict state)
    {
        using var module = run.CreateModel();
        state.CopyTo(module);
        var answers = new Evaluator().Evaluate(module, stamped, run.Normalization, cancellation: cancellation);
        return answers.Predictions.Zip(answers.Labels).Count(pair => pair.First == pair.Second);
    }

    private static HitRate Rate(string model, int hits, int queries)
    {
        var (low, high) = Binomial.ClopperPearson(hits, queries, BackdoorHitRate.Confidence);
        return new HitRate(model, hits, queries, low, high);
    }

    private sealed record Measured(MeasuredModel Original, MeasuredModel Unlearned, IReadOnlyList<MeasuredModel> Golds);
}
