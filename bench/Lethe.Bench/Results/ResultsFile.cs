using System.Globalization;
using System.Text;
using System.Text.Json;

using Lethe.Core.Store;

namespace Lethe.Bench.Results;

/// <summary>Collects rows and writes them in the one schema of every results file: {suite, commit, command, machine, rows}.</summary>
internal sealed class ResultsFile(string suite, BenchContext context)
{
    private readonly List<ResultRow> rows = [];
    private readonly Lock gate = new();

    public IReadOnlyList<ResultRow> Rows => rows;

    public void Add(ResultRow row)
    {
        lock (gate)
        {
            rows.Add(row);
        }
    }

    public IEnumerable<double> Values(string scenario, string method, string metric) =>
        rows.Where(row => row.Scenario == scenario && row.Method == method && row.Metric == metric).Select(static row => row.Value);

    public void Write(string markdown)
    {
        var stem = Path.Combine(context.OutputDirectory, suite);
        AtomicFile.WriteAllText(stem + ".json", Json());
        AtomicFile.WriteAllText(stem + ".md", markdown + Provenance());
    }

    private string Json()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("suite", suite);
            writer.WriteString("commit", Origin.Commit());
            writer.WriteString("command", context.Command);
            writer.WriteString("machine", Origin.Machine(context.Threads));
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

    private static byte[] OnOneLine(ResultRow row)
    {
        using var stream = new MemoryStream();
        stream.Write("\n    "u8);
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("dataset", row.Dataset);
            writer.WriteString("model", row.Model);
            writer.WriteString("scenario", row.Scenario);
            writer.WriteString("method", row.Method);
            writer.WriteNumber("seed", row.Seed);
            writer.WriteString("metric", row.Metric);
            if (double.IsFinite(row.Value))
            {
                writer.WriteNumber("value", row.Value);
            }
            else
            {
                writer.WriteNull("value");
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private string Provenance() => string.Create(
        CultureInfo.InvariantCulture,
        $"\n---\nCommand: `{context.Command}` · commit `{Origin.Commit()}` · {Origin.Machine(context.Threads)}\n");
}
