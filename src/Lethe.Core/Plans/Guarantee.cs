namespace Lethe.Core.Plans;

/// <summary>What a method promises about the model it leaves behind.</summary>
public enum Guarantee
{
    /// <summary>Equal to training without the records, and replayable.</summary>
    Exact,

    /// <summary>Close to training without the records by a stated argument; measured.</summary>
    Approximate,

    /// <summary>No argument; measured only.</summary>
    Heuristic,
}
