using Lethe.Reports;
using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>How much of the request's records is still in the models (DUCI), as a row of the table.</summary>
internal static class FractionRow
{
    /// <param name="shadows">Scores of the attack under shadow models that learned the records and under others: its error rates follow from them.</param>
    /// <param name="original">Scores under the original; null: it is gone.</param>
    /// <param name="candidate">Under the judged model.</param>
    /// <param name="golds">Under each gold model.</param>
    /// <returns>Null where a score is no number.</returns>
    public static Comparison? Of(MembershipScores shadows, MembershipScores? original, MembershipScores candidate, IReadOnlyList<MembershipScores> golds)
    {
        if (!golds.Append(shadows).Append(candidate).Append(original ?? candidate).All(scores => scores.AreNumbers))
            return null;
        double[] members = Flat(shadows.Members), others = Flat(shadows.Others);
        Duci Fraction(MembershipScores scores) => Duci.Of(Flat(scores.Members), members, others);
        var judged = Fraction(candidate);
        var row = new Comparison(
            "DUCI: fraction still in",
            $"Share of the request's records that U-LiRA accuses, corrected by how often it accuses records that shadow models learned ({Wording.Percent(judged.TruePositiveRate)}) and never saw ({Wording.Percent(judged.FalsePositiveRate)}); with its 95 % interval, cut to 0 … 100 %.",
            "equals gold, 0 %", FigureFormat.Percent)
        { HasPower = false };
        if (!judged.Power.HasPower)
            return row;
        double[] fractions = [.. golds.Select(gold => Fraction(gold).Fraction)];
        double? before = original is null ? null : Fraction(original).Fraction;
        var spread = GoldSpread.Of(fractions);
        return row with
        {
            Original = before is { } value ? Share(value) : null,
            Unlearned = Share(judged.Fraction),
            UnlearnedRange = new FigureRange(Share(judged.Low), Share(judged.High), judged.Confidence),
            Gold = fractions.Length == 0 ? null : new Spread(Share(fractions.Average()), spread?.StandardDeviation, fractions.Length),
            HasPower = before is { } known && spread is not null ? !spread.Contains(known) : null,
        };
    }

    private static double Share(double fraction) => Math.Clamp(fraction, 0, 1);

    private static double[] Flat(IReadOnlyList<double[]> scores) => [.. scores.SelectMany(ofRecord => ofRecord)];
}
