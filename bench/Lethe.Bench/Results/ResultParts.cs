using Lethe.Core.Errors;

namespace Lethe.Bench.Results;

/// <summary>Puts parts of a suite together that were measured one by one, for example a seed each.</summary>
public static class ResultParts
{
    /// <summary>Joins parts: what they share, such as the choice of settings, stands once.</summary>
    /// <param name="parts">At least one, in the order in which their rows are to stand.</param>
    /// <param name="directory">Where the files of the whole are to be.</param>
    /// <exception cref="BadDataException">Two parts differ in a figure that both have, or one lacks a method that another has.</exception>
    public static ResultsFile Join(IReadOnlyList<ResultsFile> parts, string directory)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var known = new Dictionary<ResultRow, (double[] Values, ResultsFile Part)>();
        var rows = new List<ResultRow>();
        foreach (var part in parts)
        {
            RequireSameMethods(part, parts[0]);
            RequireSameMethods(parts[0], part);
            var figures = part.Rows.ToLookup(Figure, static row => row.Value);
            foreach (var figure in figures) RequireSameValues(figure, part, known);
            rows.AddRange(part.Rows.Where(row => !known.ContainsKey(Figure(row))));
            foreach (var figure in figures) known.TryAdd(figure.Key, ([.. figure], part));
        }
        return new ResultsFile(parts[0].Suite, directory, Origin.Join([.. parts.Select(static part => part.Origin)]), rows);
    }

    /// <summary>What a row is about: the same in all draws of one seed.</summary>
    private static ResultRow Figure(ResultRow row) => row with { Value = 0 };

    private static void RequireSameValues(IGrouping<ResultRow, double> figure, ResultsFile part, Dictionary<ResultRow, (double[] Values, ResultsFile Part)> known)
    {
        if (!known.TryGetValue(figure.Key, out var before) || before.Values.SequenceEqual(figure)) return;
        var what = figure.Key;
        throw new BadDataException(
            $"{before.Part.Directory} and {part.Directory} differ in '{what.Metric}' of {what.Method}, {what.Dataset}, {what.Model}, {what.Scenario}, seed {what.Seed}. "
            + "Parts must have different seeds, and for what they share the same commit, machine and --threads: measure one of them again.");
    }

    private static void RequireSameMethods(ResultsFile part, ResultsFile other)
    {
        var has = part.Rows.Select(Method).ToHashSet();
        if (other.Rows.Select(Method).FirstOrDefault(method => !has.Contains(method)) is not { } lacking) return;
        throw new BadDataException(
            $"{part.Directory} has no '{lacking.Method}' of {lacking.Dataset}, {lacking.Model}, {lacking.Scenario}, which {other.Directory} has: it was stopped early, or another version measured it. Measure it again, then join.");
        static ResultRow Method(ResultRow row) => row with { Seed = 0, Metric = "", Value = 0 };
    }
}
