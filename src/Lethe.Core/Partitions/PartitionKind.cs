namespace Lethe.Core.Partitions;

/// <summary>How records are dealt to blocks.</summary>
public enum PartitionKind
{
    /// <summary>Every block has the classes in the proportions of the whole.</summary>
    Stratified,

    /// <summary>All records of a subject are in one block.</summary>
    BySubject,
}
