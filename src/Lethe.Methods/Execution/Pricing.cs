using Lethe.Core.Plans;
using Lethe.Training.Runs;

namespace Lethe.Methods.Execution;

/// <summary>Prices work by what the run's own training took, or that of an imported model by what a few steps took when it was imported.</summary>
internal sealed class Pricing
{
    private readonly double? _secondsPerSample;
    private readonly long _checkpointBytes;

    public Pricing(Run run)
    {
        var samples = run.Index.TrialCost?.Samples ?? run.Index.Costs.Sum(cost => cost?.Samples ?? 0);
        var seconds = run.Index.TrialCost?.Seconds ?? run.Index.Costs.Sum(cost => cost?.Seconds ?? 0);
        _secondsPerSample = samples > 0 ? seconds / samples : null;
        _checkpointBytes = run.Index.Served is { } served && run.Store.Contains(served) ? run.Store.SizeOf(served) : 0;
    }

    public CostEstimate Estimate(long samples, int checkpoints) =>
        new(samples, _secondsPerSample * samples, checkpoints * _checkpointBytes);

    /// <summary>Retraining from scratch on what stays.</summary>
    public CostEstimate Retraining(ForgetScope scope) => Estimate(scope.SamplesOf(1, scope.BlockCount), scope.BlockCount + 1);

    /// <summary>Resuming from M_(d−1) and retraining every later block.</summary>
    public CostEstimate Resuming(ForgetScope scope) =>
        Estimate(scope.SamplesOf(scope.FirstBlock, scope.BlockCount), scope.BlockCount - scope.FirstBlock + 1);
}
