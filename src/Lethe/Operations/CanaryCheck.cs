using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Scenarios;
using Lethe.Training.Training;
using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>
/// Asks the canaries of forgotten people whether the model forgot them (Athena): nothing but the run's own sealed registry and unseen records is
/// needed, no model retrained without the data.
/// </summary>
internal sealed class CanaryCheck(Run run, TensorDataset data, TensorDataset test, CancellationToken cancellation)
{
    private const int MostQueries = 300;
    private const int Controls = 10;
    private readonly Evaluator _evaluator = new();

    /// <summary>One result for each person whose last stamped records are among those that are forgotten now.</summary>
    /// <param name="forgotten">The records of the request.</param>
    /// <param name="before">The model before.</param>
    /// <param name="after">The model after.</param>
    public IReadOnlyList<CanaryResult> Ask(IReadOnlyCollection<int> forgotten, StateDict before, StateDict after)
    {
        if (run.Canaries is not { } registry)
            return [];
        var canaries = CanarySet.Draw(registry, data.Manifest);
        return [.. Gone(canaries, run, forgotten).Select(owner => Ask(canaries, owner, before, after))];
    }

    /// <summary>How many people there are to ask about; that needs no unseen records.</summary>
    /// <param name="run">The run.</param>
    /// <param name="data">Its training data.</param>
    /// <param name="forgotten">The records of the request.</param>
    public static int CountGone(Run run, TensorDataset data, IReadOnlyCollection<int> forgotten) =>
        run.Canaries is { } registry ? Gone(CanarySet.Draw(registry, data.Manifest), run, forgotten).Count() : 0;

    /// <summary>How many people with a canary lose records and are not asked about, because stamped records of theirs stay in the training data.</summary>
    /// <param name="run">The run.</param>
    /// <param name="data">Its training data.</param>
    /// <param name="forgotten">The records of the request.</param>
    /// <returns>Null in a run without canaries.</returns>
    public static int? CountStaying(Run run, TensorDataset data, IReadOnlyCollection<int> forgotten)
    {
        if (run.Canaries is not { } registry)
            return null;
        var (now, gone) = (forgotten.ToHashSet(), forgotten.Concat(run.Index.Deleted).ToHashSet());
        return CanarySet.Draw(registry, data.Manifest).Owners.Count(owner =>
            owner.Records.Any(record => now.Contains(record.Value)) && owner.Stamped.Any(record => !gone.Contains(record.Value)));
    }

    /// <summary>The mean hit rate of the triggers of those people on one model, in [0, 1]; null where there are none.</summary>
    /// <param name="forgotten">The records of the request.</param>
    /// <param name="model">The model.</param>
    public double? HitRate(IReadOnlyCollection<int> forgotten, StateDict model)
    {
        if (run.Canaries is not { } registry)
            return null;
        double[] rates = [.. Gone(CanarySet.Draw(registry, data.Manifest), run, forgotten).Select(owner =>
        {
            using var plain = Queries(owner);
            return Hits(plain, owner.Target, model, owner).Rate;
        })];
        return rates.Length == 0 ? null : rates.Average();
    }

    private static IEnumerable<BackdoorOwner> Gone(CanarySet canaries, Run run, IReadOnlyCollection<int> forgotten)
    {
        var (now, gone) = (forgotten.ToHashSet(), forgotten.Concat(run.Index.Deleted).ToHashSet());
        return canaries.Owners.Where(owner =>
            owner.Stamped.Any(record => now.Contains(record.Value)) && owner.Stamped.All(record => gone.Contains(record.Value)));
    }

    private TensorDataset Queries(BackdoorOwner owner) =>
        test.Select([.. Enumerable.Range(0, test.Count).Where(record => test.Manifest.Labels[record] != owner.Target).Take(MostQueries)]);

    private BackdoorHitRate Hits(TensorDataset plain, int target, StateDict state, BackdoorOwner trigger)
    {
        using var stamped = trigger.TriggeredTest(plain);
        using var model = run.CreateModel();
        state.CopyTo(model);
        int[] predictions = _evaluator.Evaluate(model, stamped, run.Normalization, cancellation: cancellation).Predictions;
        return BackdoorHitRate.Of(predictions, plain.Manifest.Labels.ToArray(), target);
    }

    private CanaryResult Ask(CanarySet canaries, BackdoorOwner owner, StateDict before, StateDict after)
    {
        using var plain = Queries(owner);
        BackdoorHitRate Of(StateDict state, BackdoorOwner trigger) => Hits(plain, owner.Target, state, trigger);
        var (was, now) = (Of(before, owner), Of(after, owner));
        BackdoorHitRate[] never = [.. canaries.Controls(owner, Controls).Select(control => Of(after, control))];
        var athena = BackdoorTest.Of(was, never, now.Queries);
        return new CanaryResult(was, now, never, athena, athena.PValue(now.Hits), athena.Judge(now.Hits));
    }
}
