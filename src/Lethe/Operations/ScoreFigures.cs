using Lethe.Reports;
using Lethe.Training.Training;
using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>Counts scores of records into bins, so that nothing of a single record is kept.</summary>
internal static class ScoreFigures
{
    private const double LowestConfidence = -40, HighestConfidence = 40, ConfidenceWidth = 0.5;

    /// <summary>Logit-scaled confidence on forgotten and on unseen records; null with too few of either, or where an answer is no number.</summary>
    public static ScoreDistribution? OfConfidence(EvaluationResult forgotten, EvaluationResult? unseen)
    {
        if (unseen is null || Array.Exists(forgotten.Losses, float.IsNaN) || Array.Exists(unseen.Losses, float.IsNaN) || forgotten.Probabilities.GetLength(1) < 2)
            return null;
        return Of(
            LogitScaledConfidence.Of(forgotten.Probabilities, forgotten.Labels), LogitScaledConfidence.Of(unseen.Probabilities, unseen.Labels),
            LowestConfidence, HighestConfidence, ConfidenceWidth);
    }

    /// <summary>Scores of an attack with shadow models; null with too few records.</summary>
    /// <param name="name">The attack.</param>
    /// <param name="original">Scores under the original, or under shadow models before they forget.</param>
    /// <param name="candidate">Under the judged model.</param>
    /// <param name="golds">Under each gold model.</param>
    /// <param name="isShare">Whether the scores are shares in [0, 1]; else log-likelihood ratios.</param>
    public static ScoreComparison? OfShadows(string name, MembershipScores original, MembershipScores candidate, IReadOnlyList<MembershipScores> golds, bool isShare)
    {
        if (candidate.Members.Count < ScoreDistribution.LeastRecords || golds.Count == 0)
            return null;
        ScoreDistribution? Counts(MembershipScores scores) => isShare ? Of(Flat(scores.Members), Flat(scores.Others), 0, 1, 0.025) : Of(Flat(scores.Members), Flat(scores.Others), -20, 20, 0.5);
        ScoreDistribution[] pool = [.. golds.Select(Counts).OfType<ScoreDistribution>()];
        return Counts(original) is { } before && Counts(candidate) is { } after && pool.Length > 0
            ? new ScoreComparison(
                name,
                isShare ? "The share of unseen records that the record outdoes; high means learned." : "The log-likelihood ratio of \"learned and forgotten\" against \"never seen\"; above 0 it looks learned.",
                [new("original", before), new("unlearned", after), new("gold", ScoreDistribution.Pool(pool))])
            { Against = "the same records under models that never saw them" }
            : null;

        static double[] Flat(IReadOnlyList<double[]> scores) => [.. scores.SelectMany(ofRecord => ofRecord)];
    }

    /// <summary>Counts and the curve of any attack.</summary>
    /// <param name="forgotten">Scores of forgotten records, higher means more likely a member.</param>
    /// <param name="unseen">Scores of records that the model never saw.</param>
    /// <param name="low">Where the first bin begins.</param>
    /// <param name="high">Where the last bin ends.</param>
    /// <param name="width">Width of a bin.</param>
    public static ScoreDistribution? Of(double[] forgotten, double[] unseen, double low, double high, double width)
    {
        if (forgotten.Length < ScoreDistribution.LeastRecords || unseen.Length < ScoreDistribution.LeastRecords)
            return null;
        var curve = RocCurve.Of(forgotten, unseen);
        double? At(double rate) => curve.Resolves(rate) ? curve.TprAt(rate) : null;
        return new ScoreDistribution
        {
            Low = low,
            Width = width,
            Forgotten = Count(forgotten),
            Unseen = Count(unseen),
            TruePositiveRates = [.. curve.LogAxis(ScoreDistribution.LowestRate, ScoreDistribution.RatesPerDecade).Select(point => point.TruePositiveRate)],
            Auc = curve.Auc,
            AtThousandth = At(0.001),
            AtHundredth = At(0.01),
        };

        int[] Count(double[] scores)
        {
            var counts = new int[(int)Math.Round((high - low) / width)];
            foreach (double score in scores)
                counts[(int)Math.Clamp((score - low) / width, 0, counts.Length - 1)]++;
            return counts;
        }
    }
}
