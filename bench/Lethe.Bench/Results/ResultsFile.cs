using System.Text;
using System.Text.Json;

using Lethe.Core.Errors;
using Lethe.Core.Store;

namespace Lethe.Bench.Results;

/// <summary>The rows of a suite with their origin, in the one schema of every results file: {suite, commit, command, machine, rows}.</summary>
public sealed class ResultsFile
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly string suite;
    private readonly string directory;
    private readonly Origin origin;
    private readonly List<ResultRow> rows;
    private readonly Lock gate = new();

    /// <summary>The empty file of a suite that starts now.</summary>
    internal ResultsFile(string suite, BenchContext context)
        : this(suite, context.OutputDirectory, Origin.Of(context), [])
    {
    }

    /// <summary>A file of rows that were measured before.</summary>
    internal ResultsFile(string suite, string directory, Origin origin, List<ResultRow> rows) =>
        (this.suite, this.directory, this.origin, this.rows) = (suite, directory, origin, rows);

    /// <summary>The suite's name.</summary>
    public string Suite => suite;

    /// <summary>Where its files are.</summary>
    public string Directory => directory;

    /// <summary>The rows in the order in which they were measured.</summary>
    public IReadOnlyList<ResultRow> Rows => rows;

    /// <summary>Where the figures come from.</summary>
    internal Origin Origin => origin;

    /// <summary>Reads what a run of the suite has written.</summary>
    /// <param name="directory">Where its files are.</param>
    /// <param name="suite">The suite's name.</param>
    /// <exception cref="BadDataException">The JSON file is missing, damaged or another suite's.</exception>
    public static ResultsFile Read(string directory, string suite)
    {
        var path = Path.Combine(directory, suite + ".json");
        if (!File.Exists(path))
            throw new BadDataException($"{path} is not there. Name the folder that holds {suite}.json, or measure first: `lethe bench {suite} --out {directory}`, with --seed and --seeds for a part.");
        try
        {
            var read = JsonSerializer.Deserialize<Document>(File.ReadAllText(path), Strict) ?? throw new JsonException("it is null");
            if (read.Suite != suite) throw Damaged($"it is of the suite '{read.Suite}'");
            if (read.Rows.Count == 0) throw Damaged("it has no rows");
            if (read.Rows.FindIndex(static row => !double.IsFinite(row.Value)) is >= 0 and var row) throw Damaged($"row {row + 1} has no finite value");
            return new ResultsFile(suite, directory, new Origin(read.Commit, read.Command, read.Machine), read.Rows);
        }
        catch (JsonException wrong)
        {
            throw Damaged(wrong.LineNumber is { } line ? $"line {line + 1} ({wrong.Path}) is not as the schema wants it" : wrong.Message, wrong);
        }

        BadDataException Damaged(string why, Exception? inner = null) =>
            new($"{path} is no results file of the suite '{suite}': {why}. Restore the file, or measure again with `lethe bench {suite}`.", inner);
    }

    /// <summary>Writes the page and its plots; the JSON stays as it is.</summary>
    /// <param name="page">What the suite renders of these rows.</param>
    public void WritePage(ResultsPage page)
    {
        foreach (var (name, text) in Texts(page)) AtomicFile.WriteAllText(Path.Combine(directory, name), text);
    }

    /// <summary>The files of a page, by their names: the Markdown with the origin of the rows, and the plots.</summary>
    /// <param name="page">What the suite renders of these rows.</param>
    public IEnumerable<(string Name, string Text)> Texts(ResultsPage page) => page.Plots.Prepend(($"{suite}.md", page.Markdown + origin.Line));

    /// <summary>Adds a figure; one that is no finite number is not defined there and is left out.</summary>
    internal void Add(ResultRow row)
    {
        if (!double.IsFinite(row.Value)) return;
        lock (gate)
        {
            rows.Add(row);
        }
    }

    internal double[] Values(string scenario, string method, string metric) =>
        [.. rows.Where(row => row.Scenario == scenario && row.Method == method && row.Metric == metric).Select(static row => row.Value)];

    /// <summary>Writes the JSON, the page and its plots.</summary>
    /// <param name="page">What the suite renders of these rows.</param>
    public void Write(ResultsPage page)
    {
        AtomicFile.WriteAllText(Path.Combine(directory, suite + ".json"), Json());
        WritePage(page);
    }

    private string Json()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("suite", suite);
            writer.WriteString("commit", origin.Commit);
            writer.WriteString("command", origin.Command);
            writer.WriteString("machine", origin.Machine);
            writer.WriteStartArray("rows");
            foreach (var row in rows)
            {
                writer.WriteRawValue(OnOneLine(row));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static string OnOneLine(ResultRow row) => "\n    " + JsonSerializer.Serialize(row, Strict);

    private sealed record Document(string Suite, string Commit, string Command, string Machine, List<ResultRow> Rows);
}
