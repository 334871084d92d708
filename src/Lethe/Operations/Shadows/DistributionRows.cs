using Lethe.Reports;
using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>How far the answers of many unlearned models lie from those of models that never saw the records, as rows of the table.</summary>
internal static class DistributionRows
{
    private const string EqualsFloor = "equals the noise floor", AtMostFloor = "at most the noise floor";

    /// <param name="distributions">Confidences of shadow models.</param>
    /// <param name="before">Accuracies of the shadow models before they forget.</param>
    /// <param name="after">After it.</param>
    /// <param name="gold">Of the gold models.</param>
    public static IEnumerable<Comparison> Of(ShadowDistributions distributions, ShadowAccuracy before, ShadowAccuracy after, ShadowAccuracy gold)
    {
        int n = distributions.Models;
        string models = $"Compared are {n} shadow models that learned a record and forgot it with {n} that never saw it (original: both before they forgot anything); noise floor: {n} that never saw it with {n} others. About the method with its options, not about the one judged model.";
        var nothing = EpsilonForgetting.Of(distributions.Original, distributions.OriginalReference);
        var forgetting = EpsilonForgetting.Of(distributions.Unlearned, distributions.Reference);
        var floor = EpsilonForgetting.Of(distributions.Floor, distributions.Reference);
        bool hasPower = nothing.PowerAgainst(EpsilonForgetting.Of(distributions.OriginalFloor, distributions.OriginalReference)).HasPower;
        string undecided = forgetting.Undecided == 0 ? "" : $" {Wording.Whole(forgetting.Undecided)} of {Wording.Count(forgetting.Epsilons.Count, "record has", "records have")} no ε, and are left out.";
        yield return Row(
            $"ε-forgetting: F, n = {n}",
            FormattableString.Invariant($"Mean points of the records for the ε that the best simple attack proves: 1 below 0.5, then halved with every 0.5. {models} With n models no finite ε above ln(n − 1) = {forgetting.MaxFiniteEpsilon:0.00} can be seen.{undecided}"),
            EqualsFloor, nothing.Quality, forgetting.Quality, floor.Quality, hasPower);
        if (before.Unseen is { } testBefore && after.Unseen is { } testAfter && gold is { Retained: > 0, Unseen: { } testGold and > 0 })
        {
            yield return Row(
                $"ε-forgetting: final score, n = {n}", "F × accuracy on retained records / gold's × accuracy on unseen records / gold's (score of the NeurIPS 2023 challenge).", EqualsFloor,
                nothing.FinalScore(before.Retained, gold.Retained, testBefore, testGold), forgetting.FinalScore(after.Retained, gold.Retained, testAfter, testGold), floor.Quality, hasPower);
        }

        var far = Klom.Of(distributions.Original, distributions.OriginalReference);
        Klom near = Klom.Of(distributions.Unlearned, distributions.Reference), chance = Klom.Of(distributions.Floor, distributions.Reference);
        hasPower = far.PowerAgainst(Klom.Of(distributions.OriginalFloor, distributions.OriginalReference)).HasPower;
        yield return Row($"KLOM, n = {n}", $"KL divergence of the margins' distributions in nats, mean over the records. {models}", AtMostFloor, far.Mean, near.Mean, chance.Mean, hasPower);
        yield return Row($"KLOM, 95th percentile, n = {n}", "The same, of the record that only 5 % exceed.", AtMostFloor, far.Upper, near.Upper, chance.Upper, hasPower);
    }

    private static Comparison Row(string name, string definition, string direction, double original, double unlearned, double floor, bool hasPower)
    {
        static double? Known(double value) => double.IsFinite(value) ? value : null;
        return new Comparison(name, definition, direction, FigureFormat.Number)
        {
            Original = Known(original),
            Unlearned = Known(unlearned),
            NoiseFloor = Known(floor),
            HasPower = hasPower,
        };
    }
}
