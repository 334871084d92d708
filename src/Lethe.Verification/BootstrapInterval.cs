using Lethe.Core.Numerics;

namespace Lethe.Verification;

/// <summary>A figure with its percentile bootstrap interval (Efron 1979), a function of the data and the seed.</summary>
/// <param name="Value">The figure over the data as they are.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Confidence">For example 0.95.</param>
/// <param name="Resamples">How many resamples gave a finite figure.</param>
public sealed record BootstrapInterval(double Value, double Low, double High, double Confidence, int Resamples)
{
    /// <summary>Resamples where a caller names none.</summary>
    public const int DefaultResamples = 2000;

    /// <summary>Confidence where a caller names none.</summary>
    public const double DefaultConfidence = 0.95;

    /// <summary>Whether a value lies within the interval, ends included.</summary>
    public bool Contains(double value) => value >= Low && value <= High;

    /// <summary>Resamples records.</summary>
    /// <param name="records">One value a record, at least one.</param>
    /// <param name="statistic">The figure of a sample, for example the median.</param>
    /// <param name="seed">Decides the resamples.</param>
    /// <param name="resamples">How many, at least 100.</param>
    /// <param name="confidence">Strictly between 0 and 1.</param>
    /// <exception cref="ArgumentException">There is no record, or no resample has a finite figure.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Too few resamples, or a confidence outside its range.</exception>
    public static BootstrapInterval OfRecords(
        double[] records, Func<double[], double> statistic, ulong seed, int resamples = DefaultResamples, double confidence = DefaultConfidence)
    {
        ArgumentNullException.ThrowIfNull(records);
        return OfGroups([records], groups => statistic(groups[0]), seed, resamples, confidence);
    }

    /// <summary>Resamples the records of each group by themselves, so that the groups keep their sizes: members and others, for example.</summary>
    /// <param name="groups">One value a record; each group has at least one.</param>
    /// <param name="statistic">The figure of such groups, for example an AUC.</param>
    /// <param name="seed">Decides the resamples.</param>
    /// <param name="resamples">How many, at least 100.</param>
    /// <param name="confidence">Strictly between 0 and 1.</param>
    /// <exception cref="ArgumentException">There is nothing to draw from, or no resample has a finite figure.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Too few resamples, or a confidence outside its range.</exception>
    public static BootstrapInterval OfGroups(
        double[][] groups, Func<double[][], double> statistic, ulong seed, int resamples = DefaultResamples, double confidence = DefaultConfidence)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(statistic);
        RequireValues(groups);
        return Percentiles(statistic(groups), random => statistic(Array.ConvertAll(groups, group => Resample(group, random))), seed, resamples, confidence);
    }

    /// <summary>Resamples training seeds first, then the records of each seed: an interval for other seeds and other records.</summary>
    /// <param name="seeds">One array of values for each training seed; each has at least one.</param>
    /// <param name="statistic">The figure of such arrays, for example the mean over seeds of an accuracy.</param>
    /// <param name="seed">Decides the resamples.</param>
    /// <param name="resamples">How many, at least 100.</param>
    /// <param name="confidence">Strictly between 0 and 1.</param>
    /// <exception cref="ArgumentException">There is nothing to draw from, or no resample has a finite figure.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Too few resamples, or a confidence outside its range.</exception>
    public static BootstrapInterval OfSeeds(
        double[][] seeds, Func<double[][], double> statistic, ulong seed, int resamples = DefaultResamples, double confidence = DefaultConfidence)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentNullException.ThrowIfNull(statistic);
        RequireValues(seeds);
        return Percentiles(
            statistic(seeds), random => statistic([.. seeds.Select(_ => Resample(seeds[random.NextInt32(seeds.Length)], random))]), seed, resamples, confidence);
    }

    private static BootstrapInterval Percentiles(double value, Func<CounterRandom, double> resample, ulong seed, int resamples, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        if (!(confidence > 0 && confidence < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies strictly between 0 and 1.");
        double[] figures = [.. Enumerable.Range(0, resamples).Select(i => resample(new CounterRandom(seed, (ulong)i))).Where(double.IsFinite)];
        if (figures.Length == 0) throw new ArgumentException("No resample has a finite figure.");
        var tail = (1 - confidence) / 2;
        return new BootstrapInterval(value, Statistics.Quantile(figures, tail), Statistics.Quantile(figures, 1 - tail), confidence, figures.Length);
    }

    private static T[] Resample<T>(T[] values, CounterRandom random) => Array.ConvertAll(values, _ => values[random.NextInt32(values.Length)]);

    private static void RequireValues(double[][] groups)
    {
        if (groups.Length == 0 || Array.Exists(groups, group => group.Length == 0))
            throw new ArgumentException("There is nothing to draw from: each group or seed needs a value at least.");
    }
}
