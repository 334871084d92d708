namespace Lethe.Training.Training;

/// <summary>What a model says about records, in the order in which they were asked for.</summary>
/// <param name="Accuracy">Share of records whose most probable class is their label, in [0, 1]; NaN without records.</param>
/// <param name="Losses">(n) cross-entropy of each record in nats.</param>
/// <param name="Predictions">(n) most probable class of each record.</param>
/// <param name="Probabilities">(n, classes) softmax probabilities.</param>
/// <param name="Labels">(n) label of each record.</param>
public sealed record EvaluationResult(
    double Accuracy, float[] Losses, int[] Predictions, float[,] Probabilities, int[] Labels)
{
    /// <summary>Mean of <see cref="Losses"/>; NaN without records.</summary>
    public double MeanLoss => Losses.Length == 0 ? double.NaN : Losses.Average(loss => (double)loss);
}
