using System.Globalization;
using Lethe.Core.Numerics;

namespace Lethe.Bench.Results;

/// <summary>Several values of one figure as every page shows them: mean ± one standard deviation.</summary>
internal static class MeanText
{
    /// <summary>Shows values; those that are no finite numbers do not count, and without any there is a dash.</summary>
    /// <param name="values">The figure in each draw or seed.</param>
    /// <param name="format">How a number is shown; a sign that it asks for is shown on the mean alone.</param>
    /// <param name="unit">What stands behind the mean, such as <c> %</c>.</param>
    /// <param name="scale">What the values are multiplied by.</param>
    public static string Of(IEnumerable<double> values, string format, string unit = "", double scale = 1)
    {
        double[] finite = [.. values.Where(double.IsFinite).Select(value => scale * value)];
        string Show(double value, string how) => value.ToString(how, CultureInfo.InvariantCulture);
        return finite.Length switch
        {
            0 => "–",
            1 => Show(finite[0], format) + unit,
            _ => $"{Show(Statistics.Mean(finite), format)}{unit} ± {Show(Statistics.StandardDeviation(finite), format.Split(';')[0].TrimStart('+'))}",
        };
    }
}
