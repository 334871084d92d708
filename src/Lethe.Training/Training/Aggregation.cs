namespace Lethe.Training.Training;

/// <summary>How the answers of SISA's shards become one.</summary>
public enum Aggregation
{
    /// <summary>The mean of the shards' softmax outputs.</summary>
    Mean,

    /// <summary>The class that most shards predict; ties go to the larger mean.</summary>
    Vote,
}
