using System.Globalization;

using Lethe.Bench.Results;
using Lethe.Methods.Options;

namespace Lethe.Bench.Aru;

/// <summary>The settings that each line of a table ran with, from the scores on the development writers.</summary>
internal sealed class AruChoices
{
    private readonly Dictionary<string, double> scores;

    /// <param name="file">All rows of the suite.</param>
    /// <param name="dataset">Data set of the table; one without development rows of its own (faces) takes those of the first that has some.</param>
    /// <param name="model">Its network.</param>
    public AruChoices(ResultsFile file, string dataset, string model)
    {
        ResultRow[] rows = [.. file.Rows.Where(row => row.Scenario == AruRows.Development && row.Model == model)];
        var source = rows.Any(row => row.Dataset == dataset) ? dataset : rows.FirstOrDefault()?.Dataset;
        scores = rows.Where(row => row.Dataset == source).ToDictionary(static row => row.Method, static row => row.Value);
    }

    /// <summary>The settings as on the command line; null: the line has none, or they cannot be told.</summary>
    public string? Of(string label) =>
        Candidate(label) is { } candidate && Chosen(candidate) is { } chosen && Candidate(AruCandidate.Aru) is { } aru && Chosen(aru) is { } chosenForAru
            ? AruRows.TextOf(candidate.Resolve(chosen, chosenForAru))
            : null;

    /// <summary>Whether the chosen rate is the <c>lowest</c> or the <c>highest</c> of those that were tried; null: neither, or no rates were tried.</summary>
    public string? Edge(string label)
    {
        if (Candidate(label) is not { Settings.Count: > 1 } candidate || Chosen(candidate) is not { } chosen) return null;
        if (candidate.Settings.Select(static settings => string.Join(' ', settings.Values.Keys)).Distinct().Count() > 1) return null;
        double[] rates = [.. candidate.Settings.Select(Rate)];
        return Rate(chosen) == rates.Max() ? "highest" : Rate(chosen) == rates.Min() ? "lowest" : null;
    }

    private static AruCandidate? Candidate(string label) => AruCandidate.All.FirstOrDefault(candidate => candidate.Label == label);

    private static double Rate(MethodOptions settings) => double.Parse(settings.Values.Values.Single(), CultureInfo.InvariantCulture);

    private MethodOptions? Chosen(AruCandidate candidate)
    {
        if (candidate.Settings.Count == 1) return candidate.Settings[0];
        MethodOptions[] tried = [.. candidate.Settings.Where(settings => scores.ContainsKey(Key(settings)))];
        return tried.MaxBy(settings => scores[Key(settings)]);

        string Key(MethodOptions settings) => AruRows.Choice(candidate.Label, settings);
    }
}
