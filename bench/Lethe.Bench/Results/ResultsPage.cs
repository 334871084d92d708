namespace Lethe.Bench.Results;

/// <summary>What people read of a results file.</summary>
/// <param name="Markdown">The text with its tables, without the line that says where it comes from.</param>
/// <param name="Plots">SVG files beside it, by their names.</param>
public sealed record ResultsPage(string Markdown, params IReadOnlyList<(string Name, string Svg)> Plots);
