using Lethe.Bench.Results;
using Lethe.Core.Numerics;

namespace Lethe.Bench.Aru;

/// <summary>The figures on one data set.</summary>
internal sealed class AruTable(IReadOnlyList<ResultRow> rows)
{
    /// <summary>How far a figure may lie from the untouched original's and still count as the same: a tenth of a point.</summary>
    public const double Same = 0.001;

    private static readonly string[] Judged = [AruRows.TestAccuracy, AruRows.ForgottenAccuracy, AruRows.Membership];

    public IReadOnlyList<ulong> Seeds { get; } = [.. rows.Select(static row => row.Seed).Distinct()];

    public IReadOnlyList<string> Methods { get; } = [.. rows.Select(static row => row.Method).Distinct()];

    /// <summary>A figure in each seed.</summary>
    public double[] Of(string method, string metric) => [.. Rows(method, metric).Select(static row => row.Value)];

    /// <summary>Its mean.</summary>
    public double Mean(string method, string metric) => Statistics.Mean(Of(method, metric));

    /// <summary>Whether a method left the original as it was: in every seed both accuracies and the attack are the same.</summary>
    public bool IsUntouched(string method) => method != AruRows.Original && Judged.All(metric =>
    {
        var original = Rows(AruRows.Original, metric).ToDictionary(static row => row.Seed, static row => row.Value);
        return Rows(method, metric).All(row => Math.Abs(row.Value - original[row.Seed]) <= Same);
    });

    private IEnumerable<ResultRow> Rows(string method, string metric) => rows.Where(row => row.Method == method && row.Metric == metric);
}
