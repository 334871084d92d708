using Lethe.Core.Ledgers;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Verdicts;

namespace Lethe;

/// <summary>A certificate in few words.</summary>
public sealed record CertificateSummary
{
    /// <summary>The folder with the certificate and everything that is needed to check it.</summary>
    public required string Bundle { get; init; }

    /// <summary>The request.</summary>
    public required string Request { get; init; }

    /// <summary>How many records it asked to forget.</summary>
    public required int Records { get; init; }

    /// <summary>How many records training may still read.</summary>
    public required int Retained { get; init; }

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>What the method promises.</summary>
    public required Guarantee Guarantee { get; init; }

    /// <summary>What a verification concluded; null: there was none.</summary>
    public VerdictKind? Verdict { get; init; }

    /// <summary>Digest of the certified model.</summary>
    public required Digest Model { get; init; }

    /// <summary>The key that signed.</summary>
    public required Digest Key { get; init; }

    /// <summary>When it was issued.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>A request that the certificate is not about, because its new model waits and is not served; null: none, or not asked.</summary>
    public string? Waiting { get; init; }
}

/// <summary>The ledger of a run and its certificates.</summary>
public sealed record EvidenceOverview
{
    /// <summary>The run directory.</summary>
    public required string Run { get; init; }

    /// <summary>Digest of the last entry.</summary>
    public required Digest Head { get; init; }

    /// <summary>The signing key in force; null before the first certificate.</summary>
    public Digest? Key { get; init; }

    /// <summary>What was recorded, oldest first.</summary>
    public required IReadOnlyList<LedgerEntry> Entries { get; init; }

    /// <summary>The certificates that the run holds, oldest first.</summary>
    public required IReadOnlyList<CertificateSummary> Certificates { get; init; }
}

/// <summary>That another key signs a run's certificates from now on.</summary>
/// <param name="Run">The run directory.</param>
/// <param name="From">The key before.</param>
/// <param name="To">The key from now on.</param>
public sealed record KeyRotation(string Run, Digest From, Digest To);

/// <summary>A certificate that was written to a folder of its own.</summary>
/// <param name="Bundle">The folder.</param>
/// <param name="Request">The request that it is about.</param>
/// <param name="Records">How many of a subject's records it proves to be gone; 0 without a proof.</param>
public sealed record ExportedCertificate(string Bundle, string Request, int Records);
