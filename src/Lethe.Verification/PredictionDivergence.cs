namespace Lethe.Verification;

/// <summary>Jensen–Shannon divergence between two models' softmax outputs, in nats (0 … ln 2).</summary>
public static class PredictionDivergence
{
    /// <summary>Mean over the records; NaN without records.</summary>
    /// <param name="left">(N, C) probabilities of one model.</param>
    /// <param name="right">(N, C) probabilities of the other, same records in the same order.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double Mean(float[,] left, float[,] right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.GetLength(0) != right.GetLength(0) || left.GetLength(1) != right.GetLength(1))
            throw new ArgumentException("Two (N, C) outputs of the same records and classes are needed.");
        var total = 0.0;
        for (var i = 0; i < left.GetLength(0); i++) total += OfRecord(left, right, i);
        return left.GetLength(0) == 0 ? double.NaN : total / left.GetLength(0);
    }

    private static double OfRecord(float[,] left, float[,] right, int record)
    {
        var sum = 0.0;
        for (var c = 0; c < left.GetLength(1); c++)
        {
            double p = left[record, c], q = right[record, c], m = (p + q) / 2;
            if (p > 0) sum += p * Math.Log(p / m) / 2;
            if (q > 0) sum += q * Math.Log(q / m) / 2;
        }
        return Math.Max(0, sum);
    }
}
