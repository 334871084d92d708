using Lethe.Core.Plans;
using Lethe.Core.Steps;
using Lethe.Methods.DeepObliviate;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Methods;

/// <summary>What an execution produced. Nothing of it is in force before the caller commits <see cref="NextIndex"/>.</summary>
public sealed class UnlearningResult : IDisposable
{
    /// <summary>The unlearned model.</summary>
    public required StateDict Candidate { get; init; }

    /// <summary>The run's next state, for <c>Run.Commit</c>: it destroys every checkpoint that still remembers.</summary>
    public required RunIndex NextIndex { get; init; }

    /// <summary>The steps that made the next state's checkpoints, to be stored with the request.</summary>
    public required StepRecord Steps { get; init; }

    /// <summary>What was really spent.</summary>
    public required CostAccount Cost { get; init; }

    /// <summary>What resuming from M_(d−1) and retraining every later block would cost.</summary>
    public required CostEstimate Resuming { get; init; }

    /// <summary>What retraining from scratch on the retained records would cost, at the run's recorded speed.</summary>
    public required CostEstimate Retraining { get; init; }

    /// <summary>What this outcome guarantees: exact where retraining went to the last block from an exact checkpoint.</summary>
    public required Guarantee Guarantee { get; init; }

    /// <summary>Residual memory and stop decisions; null for methods without them.</summary>
    public ForgettingTrace? Trace { get; init; }

    /// <summary>What else the method has to tell.</summary>
    public MethodFindings Findings { get; init; } = MethodFindings.None;

    /// <inheritdoc/>
    public void Dispose() => Candidate.Dispose();
}
