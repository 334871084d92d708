using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Methods.Execution;

/// <summary>
/// Prices work by what the run's own training took, or that of an imported model by what a few steps took when it was imported, and by the
/// sizes of its models.
/// </summary>
internal sealed class Pricing
{
    private readonly double? _secondsPerSample;
    private readonly long _checkpointBytes;

    public Pricing(Run run)
    {
        var samples = run.Index.TrialCost?.Samples ?? run.Index.Costs.Sum(cost => cost?.Samples ?? 0);
        var seconds = run.Index.TrialCost?.Seconds ?? run.Index.Costs.Sum(cost => cost?.Seconds ?? 0);
        _secondsPerSample = samples > 0 ? seconds / samples : null;
        var served = SizeOf(run, run.Index.Served);
        _checkpointBytes = run.Index.Checkpoints.Select(checkpoint => SizeOf(run, checkpoint)).FirstOrDefault(size => size > 0, served);
        EnsembleBytes = run.Recipe.Scheme == TrainingScheme.Sisa ? served : 0;
    }

    /// <summary>Bytes of the served model where it is an object of its own beside the checkpoints: SISA's ensemble of all shards; else 0.</summary>
    public long EnsembleBytes { get; }

    /// <summary>The price of work.</summary>
    /// <param name="samples">Samples that it processes.</param>
    /// <param name="checkpoints">Checkpoints, or models of their size, that it stores.</param>
    /// <param name="otherBytes">What it stores besides.</param>
    public CostEstimate Estimate(long samples, int checkpoints, long otherBytes) =>
        new(samples, _secondsPerSample * samples, checkpoints * _checkpointBytes + otherBytes);

    /// <summary>Retraining from scratch on what stays.</summary>
    public CostEstimate Retraining(ForgetScope scope) => Estimate(scope.SamplesOf(1, scope.BlockCount), scope.BlockCount + 1, EnsembleBytes);

    /// <summary>Resuming from M_(d−1) and retraining every later block.</summary>
    public CostEstimate Resuming(ForgetScope scope) =>
        Estimate(scope.SamplesOf(scope.FirstBlock, scope.BlockCount), scope.BlockCount - scope.FirstBlock + 1, EnsembleBytes);

    private static long SizeOf(Run run, Digest? model) => model is { } digest && run.Store.Contains(digest) ? run.Store.SizeOf(digest) : 0;
}
