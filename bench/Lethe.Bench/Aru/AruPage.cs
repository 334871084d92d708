using System.Globalization;
using System.Text;

using Lethe.Bench.Results;
using Lethe.Core.Numerics;

namespace Lethe.Bench.Aru;

/// <summary>The page of tables that stands beside the suite's JSON; every figure in it is computed from the rows.</summary>
internal static class AruPage
{
    private const double Target = 0.02;

    private static readonly (string Heading, string Metric, string Format)[] Columns =
    [
        (AruRows.TestAccuracy, AruRows.TestAccuracy, "0.000"),
        (AruRows.ForgottenAccuracy, AruRows.ForgottenAccuracy, "0.000"),
        ("membership attack", AruRows.Membership, "0.000"),
        ("its distance from 0.5", AruRows.ForgettingScore, "0.000"),
        (AruRows.NoMusScore, AruRows.NoMusScore, "0.000"),
        (AruRows.Gap, AruRows.Gap, "+0.000;-0.000"),
        (AruRows.Seconds, AruRows.Seconds, "0.0"),
        (AruRows.Samples, AruRows.Samples, "0"),
    ];

    public static string Render(ResultsFile file)
    {
        var page = new StringBuilder();
        page.Append("# Attack-and-Reset and the baselines, forgetting people\n\n");
        page.Append("MNIST by writers: 60 writers drawn by the seed, 40 epochs of Adam 1e-3, 6 writers forgotten; the membership attack sets their digits against\n");
        page.Append("those of 60 other writers, which no model saw (labels as noisy as in training); test accuracy is on the true labels of these. CMU faces: does the\n");
        page.Append("person wear sunglasses; of 20 people 4 are never seen, 16 trained on (60 epochs), 2 of them forgotten; LeNet-5 on 60×64. Gold is trained\n");
        page.Append("without the forgotten people. NoMUS = 0.5 · test accuracy + 0.5 · (1 − 2 · |membership − 0.5|), higher is better; it rewards damage and aims at chance,\n");
        page.Append("so read the gap to gold. ARU's mask of the same size drawn at random, by uniform noise, by largest scores and by MSG's gradients, and no reset, are\n");
        page.Append("its controls. Settings were chosen on writers that occur in no table below, at most three for each method; faces take LeNet-5's. Mean ± one\n");
        page.Append("standard deviation over seeds.\n");
        foreach (var table in file.Rows.Where(static row => row.Scenario == AruRows.Scenario).GroupBy(static row => (row.Dataset, row.Model)))
        {
            Table(page, table.Key.Dataset, table.Key.Model, [.. table]);
        }
        Choices(page, file);
        return page.ToString();
    }

    private static void Table(StringBuilder page, string dataset, string model, IReadOnlyList<ResultRow> rows)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {dataset}, {model}, seeds {string.Join(", ", rows.Select(static row => row.Seed).Distinct())}\n\n");
        page.Append("| | ").AppendJoin(" | ", Columns.Select(static column => column.Heading)).Append(" |\n|---");
        foreach (var _ in Columns) page.Append("|---");
        page.Append("|\n");
        foreach (var method in rows.Select(static row => row.Method).Distinct())
        {
            page.Append(CultureInfo.InvariantCulture, $"| {method}");
            foreach (var (_, metric, format) in Columns) page.Append(" | ").Append(MeanText.Of(Values(rows, method, metric), format));
            page.Append(" |\n");
        }
        Verdict(page, rows);
    }

    /// <summary>Says whether ARU is above each baseline and near gold, by the means.</summary>
    private static void Verdict(StringBuilder page, IReadOnlyList<ResultRow> rows)
    {
        double Mean(string method, string metric) => Statistics.Mean(Values(rows, method, metric));
        var aru = Mean(AruCandidate.Aru, AruRows.NoMusScore);
        string[] baselines = [.. rows.Select(static row => row.Method).Distinct()
            .Where(method => AruCandidate.All.Any(candidate => candidate.Label == method && candidate.Method != "aru"))];
        string[] above = [.. baselines.Where(method => Mean(method, AruRows.NoMusScore) >= aru)];
        var gap = Mean(AruCandidate.Aru, AruRows.Gap);
        page.Append(CultureInfo.InvariantCulture, $"\nARU's mean NoMUS is {aru:0.000}: ")
            .Append(above.Length == 0 ? $"above all {baselines.Length} baselines" : "not above " + string.Join(", ", above))
            .Append(CultureInfo.InvariantCulture, $"; {gap:+0.000;-0.000} to gold, ")
            .Append(Math.Abs(gap) <= Target ? "within 0.02.\n" : gap > 0 ? "more than 0.02 above it.\n" : "more than 0.02 below it.\n");
    }

    private static void Choices(StringBuilder page, ResultsFile file)
    {
        page.Append("\n## Choosing the settings\n\n| data, model | method: settings | NoMUS on the development writers |\n|---|---|---|\n");
        foreach (var row in file.Rows.Where(static row => row.Scenario == AruRows.Development))
        {
            page.Append(CultureInfo.InvariantCulture, $"| {row.Dataset}, {row.Model} | {row.Method} | {row.Value:0.000} |\n");
        }
    }

    private static double[] Values(IReadOnlyList<ResultRow> rows, string method, string metric) =>
        [.. rows.Where(row => row.Method == method && row.Metric == metric && double.IsFinite(row.Value)).Select(static row => row.Value)];
}
