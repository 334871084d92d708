using Lethe.Core.Records;

namespace Lethe.Core.Ledgers;

/// <summary>Something that happened to a run. No record number belongs into it, and no name but that of who had a model served.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">When, by the clock of the machine that did it.</param>
public sealed record LedgerEvent(LedgerEventKind Kind, DateTimeOffset At)
{
    /// <summary>The request concerned; null: the run as a whole.</summary>
    public string? Request { get; init; }

    /// <summary>Digest of the model concerned.</summary>
    public Digest? Model { get; init; }

    /// <summary>Digest of the document concerned.</summary>
    public Digest? Document { get; init; }

    /// <summary>The signing key concerned: the one that signed, or the new one.</summary>
    public Digest? Key { get; init; }

    /// <summary>The signing key before a rotation.</summary>
    public Digest? PreviousKey { get; init; }

    /// <summary>A word or a sentence for people.</summary>
    public string? Note { get; init; }

    /// <summary>Whether two descriptions mean the same happening: all but the time agrees, which a killed process's successor may tell otherwise.</summary>
    public bool IsSameAs(LedgerEvent other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { At = other.At } == other;
    }
}
