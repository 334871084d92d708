using System.CommandLine.Parsing;
using System.Globalization;

namespace Lethe.Cli.CommandLine;

/// <summary>Reads numbers with a decimal point; a comma is refused, and not taken for a separator of thousands.</summary>
internal static class DecimalNumber
{
    /// <summary>The number that an option was given; null without one.</summary>
    public static double? Parse(ArgumentResult result)
    {
        if (result.Tokens.Count == 0) return null;
        if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)) return value;
        result.AddError($"'{result.Tokens[0].Value}' is no number.");
        return null;
    }

    /// <summary>The same for an option that always has a number.</summary>
    public static double ParseGiven(ArgumentResult result) => Parse(result) ?? 0;
}
