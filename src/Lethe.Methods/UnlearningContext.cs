using Lethe.Core.Progress;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;

namespace Lethe.Methods;

/// <summary>What an execution works on.</summary>
/// <param name="Run">The run, open for writing.</param>
/// <param name="Data">The data set that the run was trained on; forgotten records are never read.</param>
/// <param name="Progress">Where progress goes; null for nowhere.</param>
/// <param name="Time">The clock that costs are measured with.</param>
/// <param name="ForceProfile">Goes on although this process computes other bits than the one that trained the run.</param>
public sealed record UnlearningContext(
    Run Run, TensorDataset Data, IProgress<ProgressUpdate>? Progress, TimeProvider Time, bool ForceProfile = false);
