using System.Text.RegularExpressions;

namespace Lethe.Bench.Results;

/// <summary>Names of plot files.</summary>
internal static partial class PlotName
{
    /// <summary>The suite's name and what the plot shows, in lower case with hyphens between the words.</summary>
    public static string Of(string suite, string shown) => $"{suite}-{NoWord().Replace(shown, "-").Trim('-').ToLowerInvariant()}.svg";

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NoWord();
}
