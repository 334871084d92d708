using Lethe.Core.Numerics;

namespace Lethe.Verification;

/// <summary>How often the owner's trigger still steers the model, with its exact 95 % interval.</summary>
/// <param name="Hits">Triggered records that were put into the target class.</param>
/// <param name="Queries">Triggered records that were asked; none of them belongs to the target class.</param>
/// <param name="Rate">Hits / queries; NaN without queries.</param>
/// <param name="Low">Lower end of the Clopper–Pearson interval.</param>
/// <param name="High">Upper end of the Clopper–Pearson interval.</param>
public sealed record BackdoorHitRate(int Hits, int Queries, double Rate, double Low, double High)
{
    /// <summary>Confidence of the interval.</summary>
    public const double Confidence = 0.95;

    /// <summary>The rate as a measurement.</summary>
    /// <param name="subject">Of which model: one of <see cref="Subjects"/>.</param>
    public Measurement Measure(string subject) => new("hit rate of the owner's trigger", subject, Rate, "gold", Directions.EqualToGold);

    /// <summary>Counts the hits among triggered records whose own class is not the target.</summary>
    /// <param name="predictions">(N) classes predicted for the triggered records.</param>
    /// <param name="labels">(N) true classes of the records before they were stamped.</param>
    /// <param name="target">The class that the trigger asks for.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static BackdoorHitRate Of(ReadOnlySpan<int> predictions, ReadOnlySpan<int> labels, int target)
    {
        ClassAccuracy.RequireSameLength(predictions.Length, labels.Length);
        int hits = 0, queries = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] == target) continue;
            queries++;
            if (predictions[i] == target) hits++;
        }
        if (queries == 0) return new BackdoorHitRate(0, 0, double.NaN, 0, 1);
        var (low, high) = Binomial.ClopperPearson(hits, queries, Confidence);
        return new BackdoorHitRate(hits, queries, (double)hits / queries, low, high);
    }
}
