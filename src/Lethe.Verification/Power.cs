using System.Globalization;
using Lethe.Core.Numerics;
using MathNet.Numerics.Distributions;

namespace Lethe.Verification;

/// <summary>
/// Whether a measure can tell the original model from gold in the given setting. A measure that cannot must abstain: what it says of a
/// candidate means nothing.
/// </summary>
/// <param name="Effect">How far the original lies from gold, in the unit of the measure; NaN where it could not be measured.</param>
/// <param name="Threshold">The smallest effect that is no chance, in the same unit; NaN where it could not be estimated.</param>
/// <param name="HasPower">Whether the effect exceeds the threshold.</param>
/// <param name="Why">The same in plain words.</param>
public sealed record Power(double Effect, double Threshold, bool HasPower, string Why)
{
    /// <summary>The level at which an effect counts, two-sided, where a caller names none.</summary>
    public const double Alpha = 0.05;

    /// <summary>A measure that says nothing.</summary>
    /// <param name="why">The reason in plain words.</param>
    public static Power None(string why) => new(double.NaN, double.NaN, false, why);

    /// <summary>
    /// Compares the original with gold models that differ in the training seed: the threshold is half the width of Student's prediction
    /// interval for one more gold model, t(1−α/2, n−1)·s·√(1 + 1/n), and at least <paramref name="resolution"/>.
    /// </summary>
    /// <param name="original">The original's figure.</param>
    /// <param name="golds">One figure for each gold model.</param>
    /// <param name="alpha">Two-sided level, strictly between 0 and 1.</param>
    /// <param name="resolution">The smallest step of the figure, for example 1 / records for a share; guards against gold models that agree by chance.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level lies outside its range, or the resolution is negative.</exception>
    public static Power AgainstGolds(double original, ReadOnlySpan<double> golds, double alpha = Alpha, double resolution = 0)
    {
        RequireLevel(alpha);
        if (!(resolution >= 0)) throw new ArgumentOutOfRangeException(nameof(resolution), resolution, "A resolution is not negative.");
        if (golds.Length < 2) return None("Without at least two gold models nothing says how much chance alone changes.");
        if (!double.IsFinite(original) || !AllFinite(golds)) return None("A figure of the original or of a gold model is no finite number.");
        var effect = Math.Abs(original - Core.Numerics.Statistics.Mean(golds));
        var threshold = Math.Max(resolution, HalfWidth(golds, alpha));
        return Judge(effect, threshold, $"{golds.Length} gold models");
    }

    /// <summary>Compares two figures whose difference has a standard error: the threshold is z(1−α/2) standard errors.</summary>
    /// <param name="original">The original's figure.</param>
    /// <param name="gold">Gold's figure, or what chance gives, for example 0.5 for an attack.</param>
    /// <param name="standardError">Standard error of the difference.</param>
    /// <param name="alpha">Two-sided level, strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level lies outside its range.</exception>
    public static Power OfDifference(double original, double gold, double standardError, double alpha = Alpha)
    {
        RequireLevel(alpha);
        if (!double.IsFinite(original) || !double.IsFinite(gold) || !(standardError >= 0) || !double.IsFinite(standardError))
            return None("The figure, its reference or the standard error is no finite number.");
        return Judge(Math.Abs(original - gold), Normal.InvCDF(0, 1, 1 - alpha / 2) * standardError, "the records alone");
    }

    /// <summary>Half the width of Student's two-sided prediction interval for one more value of a normal sample; NaN below two values.</summary>
    /// <param name="values">The sample.</param>
    /// <param name="alpha">Level, strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level lies outside its range.</exception>
    public static double HalfWidth(ReadOnlySpan<double> values, double alpha)
    {
        RequireLevel(alpha);
        return values.Length < 2
            ? double.NaN
            : StudentT.InvCDF(0, 1, values.Length - 1, 1 - alpha / 2) * Core.Numerics.Statistics.StandardDeviation(values) * Math.Sqrt(1 + 1.0 / values.Length);
    }

    private static Power Judge(double effect, double threshold, string by)
    {
        var has = effect > threshold;
        var (e, t) = (effect.ToString("0.####", CultureInfo.InvariantCulture), threshold.ToString("0.####", CultureInfo.InvariantCulture));
        return new Power(effect, threshold, has, has
            ? $"The original lies {e} from gold; chance ({by}) explains at most {t}."
            : $"The original lies {e} from gold, and chance ({by}) explains up to {t}: this measure cannot tell them apart here.");
    }

    private static bool AllFinite(ReadOnlySpan<double> values)
    {
        foreach (var value in values) if (!double.IsFinite(value)) return false;
        return true;
    }

    private static void RequireLevel(double alpha)
    {
        if (!(alpha > 0 && alpha < 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "A level lies strictly between 0 and 1.");
    }
}
