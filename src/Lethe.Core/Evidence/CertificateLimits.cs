using Lethe.Core.Plans;
using Lethe.Core.Verdicts;

namespace Lethe.Core.Evidence;

/// <summary>Says what a certificate leaves open, whatever its checks found.</summary>
internal static class CertificateLimits
{
    public static IReadOnlyList<string> Of(Certificate? certificate, bool withRun, bool withTrust)
    {
        var limits = new List<string>();
        if (certificate is null)
            return ["Anything: it cannot be read."];
        var evidence = certificate.Evidence;
        limits.Add(evidence.Guarantee switch
        {
            Guarantee.Exact when evidence.Replay is { Equal: true } replay => $"That the recorded steps were carried out as recorded: the issuer says that {replay.Executed} of {Amount.Of(replay.Available, "step", "steps")} were executed again with equal bits; only executing them yourself shows it.",
            Guarantee.Exact when evidence.Replay is { } replay => $"That the recorded steps were carried out as recorded: the issuer executed {replay.Executed} of {Amount.Of(replay.Available, "step", "steps")} again, and {Unequal(replay)}. So nothing shows that the model is the one that {evidence.Method} promises.",
            Guarantee.Exact => $"That the recorded steps were carried out as recorded: {evidence.Method} promises a model equal to training without the records, and executing the steps again shows it; this certificate only fixes which steps those are.",
            Guarantee.Approximate => $"That the model equals one trained without the records: {evidence.Method} promises to come close to it by a stated argument, not to reach it.",
            _ => $"That the model equals one trained without the records: {evidence.Method} promises nothing of the kind; only measurements can speak for it.",
        });
        limits.Add(evidence.Verdict switch
        {
            VerdictKind.Complete => "That nothing at all is left of the records in the model: COMPLETE means that no measure with power told it from models trained without them, with the error probability in the policy.",
            VerdictKind.Incomplete => "That the records were forgotten: the verdict is INCOMPLETE.",
            VerdictKind.Unverified => "That the records were forgotten: the verdict is UNVERIFIED, no measure was able to tell.",
            _ => "That the records were forgotten in any measurable sense: no verdict was made (`lethe verify` makes one).",
        });
        limits.Add("That no copy of the old model or of the records exists elsewhere: exports, backups, snapshots, other machines, and what file systems and drives keep after a deletion.");
        limits.Add("That the model in service is this one, unless you compare the SHA-256 of the served file with the certified digest.");
        limits.Add("Whose records these are: a record is a number in a data set with a given digest; only that data set tells whose data stood there.");
        limits.Add("That the operator told the ledger everything: it shows that what was recorded is unchanged and in order, not what happened beside it, for example in a copy of the run.");
        if (evidence.SpotChecks is not null)
            limits.Add("That the steps for the spot check were drawn at random: their key comes from the operator's own secret, who could draw until they suited; draw your own with `lethe evidence replay --key`.");
        limits.Add("When things happened: all times are from the operator's clock.");
        if (!withRun)
            limits.Add("That the Merkle tree of retained records is sorted and complete and made with the salts that the tree of all records commits to, and that the run's files agree with the statement: the operator can show both with --run.");
        if (!withTrust)
            limits.Add("Who signed: get the issuer's public key by another way and name it with --trust.");
        return limits;
    }

    private static string Unequal(CertifiedReplay replay) => string.Join(" and ", new[]
    {
        replay.Same < replay.Executed ? $"{replay.Executed - replay.Same} gave other bits than recorded" : "",
        replay.Contradicts ? "the run contradicted itself" : "",
    }.Where(text => text.Length > 0));
}
