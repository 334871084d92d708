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
        var (now, gone) = (forgotten.ToHashSet(), forgotten.Concat(run.Index.Deleted).ToHashSet());
        var canaries = CanarySet.Draw(registry, data.Manifest);
        var owners = canaries.Owners.Where(owner =>
            owner.Stamped.Any(record => now.Contains(record.Value)) && owner.Stamped.All(record => gone.Contains(record.Value)));
        return [.. owners.Select(owner => Ask(canaries, owner, before, after))];
    }

    private CanaryResult Ask(CanarySet canaries, BackdoorOwner owner, StateDict before, StateDict after)
    {
        int[] asked = [.. Enumerable.Range(0, test.Count).Where(record => test.Manifest.Labels[record] != owner.Target).Take(MostQueries)];
        using var plain = test.Select(asked);
        BackdoorHitRate Hits(StateDict state, BackdoorOwner trigger)
        {
            using var stamped = trigger.TriggeredTest(plain);
            using var model = run.CreateModel();
            state.CopyTo(model);
            int[] predictions = _evaluator.Evaluate(model, stamped, run.Normalization, cancellation: cancellation).Predictions;
            return BackdoorHitRate.Of(predictions, plain.Manifest.Labels.ToArray(), owner.Target);
        }

        var (was, now) = (Hits(before, owner), Hits(after, owner));
        BackdoorHitRate[] never = [.. canaries.Controls(owner, Controls).Select(control => Hits(after, control))];
        var athena = BackdoorTest.Of(was, never, now.Queries);
        return new CanaryResult(was, now, never, athena, athena.PValue(now.Hits), athena.Judge(now.Hits));
    }
}
