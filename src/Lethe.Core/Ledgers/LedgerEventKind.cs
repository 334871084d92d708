namespace Lethe.Core.Ledgers;

/// <summary>What a ledger records.</summary>
public enum LedgerEventKind
{
    /// <summary>The run's first training is complete; the model is the one it serves.</summary>
    Trained,

    /// <summary>A model that was trained elsewhere was imported.</summary>
    Imported,

    /// <summary>A request was stored; the document is its sealed digest.</summary>
    Accepted,

    /// <summary>A request has an outcome, which waits for its promotion; the model is the candidate.</summary>
    Candidate,

    /// <summary>A model was judged; the document is the verdict, the note its conclusion.</summary>
    Verdict,

    /// <summary>Steps were executed again; the model is the one that was served, the document the sealed replay, the note its outcome with all counts.</summary>
    Replayed,

    /// <summary>A request's model took the old one's place; the note says what allowed it, with the verdict and the person, where there was one.</summary>
    Promoted,

    /// <summary>A person allowed a promotion against or without a verdict, which is recorded next; the note holds the reason that was given, who gave it, and the verdict at that time.</summary>
    Override,

    /// <summary>A request was withdrawn and its outcome destroyed.</summary>
    Withdrawn,

    /// <summary>A certificate was signed; the document is the certificate, the key the one that signed it.</summary>
    Certified,

    /// <summary>Another key signs from now on; the entry carries the signatures of the old and of the new key.</summary>
    KeyRotated,
}
