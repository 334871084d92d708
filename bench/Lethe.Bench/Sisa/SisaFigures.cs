using Lethe.Bench.Results;
using Lethe.Core.Numerics;

namespace Lethe.Bench.Sisa;

/// <summary>The figures on one data set.</summary>
internal sealed class SisaFigures(SisaSettings settings, IReadOnlyList<ResultRow> rows)
{
    public SisaSettings Settings => settings;

    /// <summary>The ways of training: DeepObliviate first, then SISA by its numbers of shards.</summary>
    public IReadOnlyList<string> Methods { get; } = [SisaRows.DeepObliviate, .. settings.Shards.Select(SisaRows.Sisa)];

    /// <summary>Those of which records were forgotten.</summary>
    public IEnumerable<string> Forgetting => Methods.Take(2);

    /// <summary>A figure of training, or of a request, in each seed and draw.</summary>
    public double[] Of(string scenario, string method, string metric) =>
        [.. rows.Where(row => row.Scenario == scenario && row.Method == method && row.Metric == metric).Select(static row => row.Value)];

    /// <summary>The time of a prediction over one model's, DeepObliviate's mean.</summary>
    public double[] PredictionRatios(string method)
    {
        var single = Statistics.Mean(Of(SisaRows.Training, SisaRows.DeepObliviate, SisaRows.Prediction));
        return [.. Of(SisaRows.Training, method, SisaRows.Prediction).Select(value => value / single)];
    }
}
