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
