using System.Text;
using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Core.Evidence;

/// <summary>
/// What a subject gets about their own records: the salts, that the records were asked to be forgotten, and that they are not among those left.
/// It holds record numbers and is meant for the subject alone.
/// </summary>
public sealed record SubjectProof
{
    /// <summary>The form that this version writes.</summary>
    public const string CurrentFormat = "lethe-proof-1";

    /// <summary>Name and version of the form.</summary>
    public required string Format { get; init; }

    /// <summary>SHA-256 of the certificate's file.</summary>
    public required Digest Certificate { get; init; }

    /// <summary>The records.</summary>
    public required IReadOnlyList<RecordProof> Records { get; init; }

    /// <summary>Adds a subject's proof to a run's certificate.</summary>
    /// <param name="run">The run directory.</param>
    /// <param name="bundle">A certificate of this run.</param>
    /// <param name="records">The subject's records.</param>
    /// <exception cref="BadDataException">A record was not forgotten when the certificate was issued.</exception>
    /// <exception cref="StoreDamagedException">A file of the run is damaged.</exception>
    public static SubjectProof Of(string run, string bundle, IReadOnlyList<int> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var evidence = CertificateBundle.ReadUnchecked(bundle).Evidence;
        var secret = RunSecret.Find(run) ?? throw new StoreDamagedException($"{Path.Combine(run, RunSecret.FileName)} is missing: without it no record can be shown to belong to a certificate. Restore it from a backup.");
        var (requested, retained, all) = new EvidenceBuilder(RunFacts.Of(run), secret).Trees(evidence.Request);
        if (requested.Root != evidence.RequestedRoot || retained.Root != evidence.RetainedRoot || all.Root != evidence.AllRecordsRoot)
            throw new StoreDamagedException($"The records of run {run} are not those of certificate {bundle}: check both with `lethe evidence verify`.");
        var proofs = new List<RecordProof>();
        foreach (var record in records)
        {
            var salt = RecordDigests.SaltOf(secret, record);
            var digest = RecordDigests.Of(evidence.Data, record, salt);
            if (record < 0 || record >= evidence.Records || retained.Contains(digest))
                throw new BadDataException($"Record {record} was not forgotten by {evidence.Request} or before it, so there is nothing to prove: name forgotten records.");
            proofs.Add(new(record, salt, all.Prove(record), requested.Contains(digest) ? requested.ProveInclusion(digest) : null, retained.ProveExclusion(digest)));
        }
        return new()
        {
            Format = CurrentFormat,
            Certificate = Digest.Of(File.ReadAllBytes(Path.Combine(bundle, CertificateBundle.CertificateFile))),
            Records = proofs,
        };
    }

    /// <summary>Copies a bundle, with a subject's proof or without.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="proof">The proof; null: none.</param>
    /// <param name="target">A folder that is not there yet, outside of every run and certificate: those are handed out as a whole.</param>
    /// <exception cref="BadDataException">The folder is there, or lies in a run or in a certificate.</exception>
    public static void Export(string bundle, SubjectProof? proof, string target)
    {
        var (other, run) = (EnclosingFolder.CertificateOf(target), EnclosingFolder.RunOf(target));
        if (other is not null || run is not null)
        {
            var where = other is not null ? $"the certificate {other}, whose holder would get it too and could no longer verify theirs" : $"the run {run}, which is copied and handed out as a whole";
            throw new BadDataException($"{target} would lie inside {where}: name a folder outside, one for each person or auditor.");
        }
        var files = CertificateBundle.Read(bundle);
        if (proof is not null)
            files[CertificateBundle.ProofFile] = proof.ToBytes();
        CertificateBundle.Write(target, files);
    }

    /// <summary>Reads a proof from all bytes of its file.</summary>
    /// <exception cref="BadDataException">They are no proof, or not as they were written.</exception>
    internal static SubjectProof FromBytes(byte[] bytes)
    {
        var proof = CanonicalJson.Deserialize<SubjectProof>(Encoding.UTF8.GetString(bytes));
        return proof.Format == CurrentFormat && proof.Records.Count > 0 && !proof.Records.Contains(null!) && proof.ToBytes().AsSpan().SequenceEqual(bytes)
            ? proof
            : throw new BadDataException("The proof is not as it was written.");
    }

    internal byte[] ToBytes() => [.. CanonicalJson.SerializeToUtf8(this), (byte)'\n'];
}

/// <summary>The proof about one record.</summary>
/// <param name="Record">Its number in the data set.</param>
/// <param name="Salt">Its salt.</param>
/// <param name="Committed">That the certificate commits to this salt for this number: the leaf with this index in the tree of all records.</param>
/// <param name="Requested">That it is in the set that the request asked to forget; null: it was forgotten by an earlier request.</param>
/// <param name="Retained">That it is not in the set that is left.</param>
public sealed record RecordProof(int Record, Digest Salt, MerkleInclusion Committed, MerkleInclusion? Requested, MerkleExclusion Retained)
{
    /// <summary>Checks the proof against a certificate.</summary>
    public bool Holds(EvidenceRecord evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var digest = RecordDigests.Of(evidence.Data, Record, Salt);
        return Committed.Index == Record && Committed.Leaf == RecordDigests.CommitmentOf(evidence.Data, Record, Salt) && Committed.Holds(evidence.AllRecordsRoot, evidence.Records)
            && Retained.Holds(digest, evidence.RetainedRoot, evidence.Retained)
            && (Requested is null || (Requested.Leaf == digest && Requested.Holds(evidence.RequestedRoot, evidence.Requested)));
    }
}
