namespace Lethe.Verification;

/// <summary>
/// Zero-retrain forgetting score (Chundawat et al., arXiv 2205.08096): 1 − mean Jensen–Shannon divergence, in nats, between a model and a network
/// with random weights on the forgotten records. Near 1 the model guesses there; the best value is not 1 but the one that gold has, because gold
/// recognises what resembles its own data.
/// </summary>
public static class Zrf
{
    /// <summary>Smallest possible value, 1 − ln 2.</summary>
    public const double Lowest = 1 - 0.693147180559945309;

    /// <summary>Name of the measurement.</summary>
    public const string Name = "zero-retrain forgetting score on forgotten records";

    /// <summary>The score in [1 − ln 2, 1]; NaN without records.</summary>
    /// <param name="model">(N, C) softmax probabilities of the model on the forgotten records.</param>
    /// <param name="random">(N, C) those of a network of the same architecture with random weights.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double Of(float[,] model, float[,] random) => 1 - PredictionDivergence.Mean(model, random);

    /// <summary>The score of a model as a measurement.</summary>
    /// <param name="subject">Whose: one of <see cref="Subjects"/>.</param>
    /// <param name="model">(N, C) probabilities of the model.</param>
    /// <param name="random">(N, C) probabilities of the random network.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Measurement Measure(string subject, float[,] model, float[,] random) =>
        new(Name, subject, Of(model, random), "gold, against the same random network", Directions.EqualToGold);
}
