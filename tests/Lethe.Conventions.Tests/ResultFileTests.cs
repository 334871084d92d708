using System.Text.Json;

namespace Lethe.Conventions.Tests;

/// <summary>Every published figure carries its origin: docs/results/*.json follow one schema.</summary>
public class ResultFileTests
{
    private static readonly string[] Header = ["suite", "commit", "command", "machine", "rows"];
    private static readonly string[] Row = ["dataset", "model", "scenario", "method", "seed", "metric", "value"];

    [Fact]
    public void ResultFilesFollowTheSchema() =>
        Violations.None(Repository.Files("docs/results", "*.json").SelectMany(Problems));

    [Fact]
    public void EveryResultFileHasItsText() =>
        Violations.None(Repository.Files("docs/results", "*.json")
            .Select(file => Path.ChangeExtension(file, ".md"))
            .Where(file => !File.Exists(Repository.PathOf(file)))
            .Select(file => file + " is missing"));

    private static IEnumerable<string> Problems(string file)
    {
        using var document = JsonDocument.Parse(Repository.Read(file));
        var root = document.RootElement;
        foreach (var problem in Compare(file, root, Header))
        {
            yield return problem;
        }

        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("rows", out var rows))
        {
            yield break;
        }

        if (rows.ValueKind != JsonValueKind.Array || rows.GetArrayLength() == 0)
        {
            yield return $"{file}: rows is no list or empty";
            yield break;
        }

        foreach (var (index, row) in rows.EnumerateArray().Index())
        {
            foreach (var problem in Compare($"{file} row {index}", row, Row))
            {
                yield return problem;
            }

            if (row.ValueKind == JsonValueKind.Object && row.TryGetProperty("value", out var value) && value.ValueKind != JsonValueKind.Number)
            {
                yield return $"{file} row {index}: value is no number";
            }
        }
    }

    private static IEnumerable<string> Compare(string where, JsonElement element, string[] names)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return [$"{where}: no object"];
        }

        var present = element.EnumerateObject().Select(property => property.Name).ToHashSet();
        return names.Except(present).Select(name => $"{where}: {name} is missing")
            .Concat(present.Except(names).Select(name => $"{where}: {name} is not in the schema"));
    }
}
