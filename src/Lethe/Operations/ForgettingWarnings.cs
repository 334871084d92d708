using System.Globalization;
using Lethe.Core.Plans;
using Lethe.Core.Verdicts;

namespace Lethe.Operations;

/// <summary>What a user must not overlook in the figures of a request: damage, and methods that seem to have done nothing.</summary>
internal static class ForgettingWarnings
{
    /// <summary>A rise of the mean loss on the forgotten records that shows nothing, in nats.</summary>
    private const double Nothing = 1e-3;

    public static IReadOnlyList<string> Of(ForgettingRecord record, ModelAggregates? before, bool waits)
    {
        var warnings = new List<string>();
        if (record.CanariesNotAsked > 0)
        {
            warnings.Add(Invariant(
                $"Canaries of forgotten people were not asked ({record.CanariesNotAsked}): that takes unseen records, and the run has no test data. Nothing of the canaries says whether these people are forgotten; train with --test to have them asked."));
        }
        if (before is null || record.Measured is not { } after) return warnings;
        if (!waits && before.RetainedAccuracy - after.RetainedAccuracy > VerificationPolicy.Default.MaxAccuracyLoss)
        {
            warnings.Add(Invariant(
                $"The model is damaged: its accuracy on retained records fell from {before.RetainedAccuracy:P1} to {after.RetainedAccuracy:P1}, and the model before is destroyed. Training again without the records is the safe answer; try a gentler setting on a copy of a run first (lethe methods {record.Method})."));
        }
        if (record.Guarantee == Guarantee.Heuristic && after.ForgottenAccuracy >= before.ForgottenAccuracy && after.ForgottenLoss <= before.ForgottenLoss + Nothing)
        {
            warnings.Add(Invariant(
                $"Nothing shows that the records were forgotten: the model answers them no worse than before (accuracy {before.ForgottenAccuracy:P1}, then {after.ForgottenAccuracy:P1}). A model that never saw them may do the same: lethe verify compares with such models."));
        }
        return warnings;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
