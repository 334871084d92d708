using Lethe.Bench.Results;
using Lethe.Core.Numerics;
using Lethe.Verification;

namespace Lethe.Bench.Unsir;

/// <summary>The figures of one model on one request.</summary>
internal sealed class UnsirFigures(string model, string scenario, IReadOnlyList<ResultRow> rows)
{
    /// <summary>The network's name.</summary>
    public string Model => model;

    /// <summary>The classes of the request, as the paper writes them.</summary>
    public string Scenario => scenario;

    /// <summary>The lines of the table.</summary>
    public IEnumerable<string> Methods => rows.Select(static row => row.Method).Distinct();

    /// <summary>A figure in each seed.</summary>
    public double[] Of(string method, string metric) => [.. Rows(method, metric).Select(static row => row.Value)];

    /// <summary>Its mean; NaN: it was not measured.</summary>
    public double Mean(string method, string metric) => Statistics.Mean(Of(method, metric));

    /// <summary>Whether relearning was given up in some seed.</summary>
    public bool IsCapped(string method) => Rows(method, AnamnesisRows.Capped).Any(static row => row.Value > 0);

    /// <inheritdoc cref="AnamnesisRows.Bound"/>
    public AnamnesisBound? AnamnesisBound(string method) => AnamnesisRows.Bound(rows, method, UnsirRows.Gold);

    /// <summary>Its anamnesis index as pages show it.</summary>
    public string Anamnesis(string method) => AnamnesisRows.Text(rows, method, UnsirRows.Gold);

    private IEnumerable<ResultRow> Rows(string method, string metric) => rows.Where(row => row.Method == method && row.Metric == metric);
}
