namespace Lethe.Verification;

/// <summary>
/// The confidence in the true class on the scale of logits, φ = ln p_y − ln Σ_{j≠y} p_j ≈ ln(p/(1−p)) (Carlini et al., arXiv 2112.03570): over
/// models it is close to normal, which probabilities and losses are not. The sum over the other classes keeps its digits where p_y rounds to 1.
/// </summary>
public static class LogitScaledConfidence
{
    /// <summary>Added to both probabilities, as the source does, so that φ stays within ±104.</summary>
    public const double Tiny = 1e-45;

    /// <summary>φ of each record from softmax probabilities.</summary>
    /// <param name="probabilities">(N, C), C at least 2.</param>
    /// <param name="labels">(N) true classes in [0, C).</param>
    /// <returns>(N) confidences in [−104, 104].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, a label is no class, or a probability is no number in [0, 1].</exception>
    public static double[] Of(float[,] probabilities, ReadOnlySpan<int> labels)
    {
        Require(probabilities, labels);
        var confidences = new double[labels.Length];
        for (var record = 0; record < confidences.Length; record++)
        {
            var others = 0.0;
            for (var c = 0; c < probabilities.GetLength(1); c++)
            {
                if (!(probabilities[record, c] >= 0 && probabilities[record, c] <= 1.0001f))
                    throw new ArgumentException($"Record {record} has the probability {probabilities[record, c]} for class {c}.", nameof(probabilities));
                if (c != labels[record]) others += probabilities[record, c];
            }
            confidences[record] = Math.Log(probabilities[record, labels[record]] + Tiny) - Math.Log(others + Tiny);
        }
        return confidences;
    }

    /// <summary>φ of each record from logits: exact where the probabilities of 32-bit floats underflow.</summary>
    /// <param name="logits">(N, C), C at least 2.</param>
    /// <param name="labels">(N) true classes in [0, C).</param>
    /// <returns>(N) confidences in [−104, 104].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, a label is no class, or a logit is no finite number.</exception>
    public static double[] FromLogits(float[,] logits, ReadOnlySpan<int> labels)
    {
        Require(logits, labels);
        var confidences = new double[labels.Length];
        for (var record = 0; record < confidences.Length; record++)
        {
            var largest = double.NegativeInfinity;
            for (var c = 0; c < logits.GetLength(1); c++)
            {
                if (!float.IsFinite(logits[record, c])) throw new ArgumentException($"Record {record} has the logit {logits[record, c]} for class {c}.", nameof(logits));
                largest = Math.Max(largest, logits[record, c]);
            }
            double own = Math.Exp(logits[record, labels[record]] - largest), others = 0;
            for (var c = 0; c < logits.GetLength(1); c++)
                if (c != labels[record]) others += Math.Exp(logits[record, c] - largest);
            var sum = own + others;
            confidences[record] = Math.Log(own / sum + Tiny) - Math.Log(others / sum + Tiny);
        }
        return confidences;
    }

    private static void Require(float[,] values, ReadOnlySpan<int> labels)
    {
        ArgumentNullException.ThrowIfNull(values);
        ClassAccuracy.RequireSameLength(values.GetLength(0), labels.Length);
        var classes = values.GetLength(1);
        if (classes < 2) throw new ArgumentException($"A confidence needs two classes at least; there is {classes}.", nameof(values));
        foreach (var label in labels)
            if (label < 0 || label >= classes) throw new ArgumentException($"Label {label} is none of the {classes} classes.", nameof(labels));
    }
}
