namespace Lethe.Reports;

/// <summary>Scores of an attack under one model as counts, with the curve of the attack over all thresholds.</summary>
internal sealed record ScoreDistribution
{
    /// <summary>With fewer forgotten records counts would show single ones, and no distribution is kept.</summary>
    public const int LeastRecords = 10;

    /// <summary>False positive rates from here to 1 have a true positive rate each.</summary>
    public const double LowestRate = 1e-3;

    /// <summary>Rates of a factor of ten.</summary>
    public const int RatesPerDecade = 10;

    /// <summary>Where the first bin begins.</summary>
    public required double Low { get; init; }

    /// <summary>Width of a bin; positive.</summary>
    public required double Width { get; init; }

    /// <summary>Forgotten records in each bin; the outer bins hold what lies beyond them.</summary>
    public required IReadOnlyList<int> Forgotten { get; init; }

    /// <summary>Unseen records in each bin.</summary>
    public required IReadOnlyList<int> Unseen { get; init; }

    /// <summary>True positive rates at false positive rates that are spaced evenly in the logarithm, from <see cref="LowestRate"/> to 1.</summary>
    public required IReadOnlyList<double> TruePositiveRates { get; init; }

    /// <summary>Area below the curve; 0.5 is chance.</summary>
    public required double Auc { get; init; }

    /// <summary>True positive rate at a false positive rate of 0.1 %; null where there are too few unseen records to say.</summary>
    public double? AtThousandth { get; init; }

    /// <summary>The same at 1 %.</summary>
    public double? AtHundredth { get; init; }

    /// <summary>The false positive rate of a place in <see cref="TruePositiveRates"/>.</summary>
    public double RateOf(int index) => Math.Pow(LowestRate, 1 - (double)index / (TruePositiveRates.Count - 1));

    /// <summary>Whether both count into the same bins; figures that another version kept may not.</summary>
    public bool HasBinsOf(ScoreDistribution other) => (Low, Width, Forgotten.Count) == (other.Low, other.Width, other.Forgotten.Count);

    /// <summary>Several models as one: counts added, curves averaged at each rate.</summary>
    /// <param name="parts">At least one; all with the same bins.</param>
    public static ScoreDistribution Pool(IReadOnlyList<ScoreDistribution> parts)
    {
        var first = parts[0];
        return first with
        {
            Forgotten = [.. first.Forgotten.Select((_, bin) => parts.Sum(part => part.Forgotten[bin]))],
            Unseen = [.. first.Unseen.Select((_, bin) => parts.Sum(part => part.Unseen[bin]))],
            TruePositiveRates = [.. first.TruePositiveRates.Select((_, i) => parts.Average(part => part.TruePositiveRates[i]))],
            Auc = parts.Average(part => part.Auc),
            AtThousandth = Mean(part => part.AtThousandth),
            AtHundredth = Mean(part => part.AtHundredth),
        };

        double? Mean(Func<ScoreDistribution, double?> rate) => parts.All(part => rate(part) is not null) ? parts.Average(rate) : null;
    }
}
