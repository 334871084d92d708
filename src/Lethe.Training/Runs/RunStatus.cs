namespace Lethe.Training.Runs;

/// <summary>How far a run is.</summary>
public enum RunStatus
{
    /// <summary>Blocks or noise-floor points are still to be trained.</summary>
    Training,

    /// <summary>Trained: it can be served, verified and forget records.</summary>
    Ready,
}
