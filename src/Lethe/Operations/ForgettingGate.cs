using System.Globalization;
using Lethe.Core.Plans;
using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>What the cheap checks said of a candidate.</summary>
/// <param name="Measured">Whether the models were measured; without that only their digests are compared.</param>
/// <param name="Complaints">Why it must not be served without further ado, one sentence each; empty: passed.</param>
internal sealed record GateOutcome(bool Measured, IReadOnlyList<string> Complaints)
{
    public bool Passed => Complaints.Count == 0;
}

/// <summary>
/// Checks that need no gold model and find what must never be served unseen: a candidate that is damaged, or by which nothing was forgotten.
/// Passing says nothing about how well the records were forgotten.
/// </summary>
internal static class ForgettingGate
{
    /// <summary>A change of the loss on the forgotten records that is none, relative.</summary>
    private const double Unchanged = 1e-3;

    private const double StandardErrors = 2;

    /// <param name="record">The outcome.</param>
    /// <param name="before">Measures of the model before; null: not measured.</param>
    /// <param name="maxAccuracyLoss">A fall of accuracy on records of kept classes above which the candidate is damaged, in [0, 1].</param>
    public static GateOutcome Judge(ForgettingRecord record, ModelAggregates? before, double maxAccuracyLoss)
    {
        var complaints = new List<string>();
        if (record.After == record.Before)
            complaints.Add("Nothing was forgotten: the candidate is the served model, byte for byte.");
        foreach (var canary in record.Canaries.Where(canary => canary.Outcome == BackdoorOutcome.NotDeleted))
            complaints.Add(Invariant($"A canary says that its person is not deleted: the trigger still works on {canary.After.Rate:P1} of unseen records ({canary.Before.Rate:P1} before; at most {(double)canary.Test.Threshold / canary.Test.Queries:P1} if the data were gone, α = {canary.Test.Alpha})."));
        if (before is null || record.Measured is not { } after)
            return new GateOutcome(false, complaints);
        if (record.Guarantee == Guarantee.Exact)
            return new GateOutcome(true, complaints);
        if (complaints.Count == 0 && IsUnchanged(before, after))
            complaints.Add(Invariant($"Nothing seems to be forgotten: the loss on the records is as before ({before.ForgottenLoss:G4}, then {after.ForgottenLoss:G4}), and so is the accuracy."));
        Damaged("retained records", before.RetainedAccuracy, after.RetainedAccuracy, after.RetainedRecords, maxAccuracyLoss, complaints);
        Damaged("unseen records of kept classes", before.TestAccuracy, after.TestAccuracy, after.TestRecords, maxAccuracyLoss, complaints);
        return new GateOutcome(true, complaints);
    }

    private static bool IsUnchanged(ModelAggregates before, ModelAggregates after) =>
        after.ForgottenAccuracy == before.ForgottenAccuracy && Math.Abs(after.ForgottenLoss - before.ForgottenLoss) <= Unchanged * before.ForgottenLoss;

    // Beyond what is allowed and beyond two standard errors of the difference: with few records a fall may be chance.
    private static void Damaged(string what, double? before, double? after, int? records, double most, List<string> complaints)
    {
        if (before is not { } was || after is not { } now) return;
        double chance = records is { } n and > 0 ? StandardErrors * Math.Sqrt((was * (1 - was) + now * (1 - now)) / n) : 0;
        if (was - now > most + chance)
            complaints.Add(Invariant($"The candidate is damaged: its accuracy on {what} fell from {was:P1} to {now:P1}."));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
