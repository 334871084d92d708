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
        string models = $"Compared are {n} shadow models that learned a record and forgot it (original: before that) with {n} that never saw it; noise floor: {n} that never saw it with {n} others. About the method with its options, not about the one judged model.";
        EpsilonForgetting Epsilon(double[,] unlearned) => EpsilonForgetting.Of(unlearned, distributions.Reference);
        EpsilonForgetting nothing = Epsilon(distributions.Original), forgetting = Epsilon(distributions.Unlearned), floor = Epsilon(distributions.Floor);
        bool hasPower = nothing.PowerAgainst(floor).HasPower;
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

        Klom Divergence(double[,] unlearned) => Klom.Of(unlearned, distributions.Reference);
        Klom far = Divergence(distributions.Original), near = Divergence(distributions.Unlearned), chance = Divergence(distributions.Floor);
        hasPower = far.PowerAgainst(chance).HasPower;
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
