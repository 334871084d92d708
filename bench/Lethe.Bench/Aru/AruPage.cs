using System.Globalization;
using System.Text;

using Lethe.Bench.Results;

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

    public static ResultsPage Render(string suite, ResultsFile file)
    {
        var page = new StringBuilder();
        page.Append("# Attack-and-Reset and the baselines, forgetting people\n\n");
        page.Append("MNIST by writers: 60 writers drawn by the seed, 40 epochs of Adam 1e-3, 6 writers forgotten; the membership attack sets their digits against\n");
        page.Append("those of 60 other writers, which no model saw (labels as noisy as in training); test accuracy is on the true labels of these. CMU faces: does the\n");
        page.Append("person wear sunglasses; of 20 people 4 are never seen, 16 trained on (60 epochs), 2 of them forgotten; LeNet-5 on 60×64. Gold is trained\n");
        page.Append("without the forgotten people. NoMUS = 0.5 · test accuracy + 0.5 · (1 − 2 · |membership − 0.5|), higher is better; it rewards damage and aims at chance,\n");
        page.Append("so read the gap to gold. ARU's mask of the same size drawn at random, by uniform noise, by largest scores and by MSG's gradients, and no reset, are\n");
        page.Append("its controls. Settings were chosen on writers that occur in no table below, at most three for each method; faces take LeNet-5's. Where the\n");
        page.Append("highest or the lowest of the rates was chosen, the best may lie beyond what was tried. Mean ± one standard deviation over seeds.\n");
        page.Append(CultureInfo.InvariantCulture, $"† marks what is still the original: in every seed both accuracies and the membership attack are the original's to within {AruTable.Same}.\n");
        var plots = new List<(string Name, string Svg)>();
        foreach (var group in file.Rows.Where(static row => row.Scenario == AruRows.Scenario).GroupBy(static row => (row.Dataset, row.Model)))
        {
            var table = new AruTable([.. group]);
            page.Append(CultureInfo.InvariantCulture, $"\n## {group.Key.Dataset}, {group.Key.Model}, seeds {string.Join(", ", table.Seeds)}\n\n");
            Table(page, table, new AruChoices(file, group.Key.Dataset, group.Key.Model));
            Verdict(page, table);
            plots.Add((PlotName.Of(suite, $"{group.Key.Dataset} {group.Key.Model}"), AruChart.Of(table).Draw()));
            page.Append(CultureInfo.InvariantCulture, $"\n![NoMUS by method, with gold's range]({plots[^1].Name})\n");
        }

        Choices(page, file);
        return new ResultsPage(page.ToString(), plots);
    }

    private static void Table(StringBuilder page, AruTable table, AruChoices choices)
    {
        page.Append("| | settings | ").AppendJoin(" | ", Columns.Select(static column => column.Heading)).Append(" |\n|---|---");
        foreach (var _ in Columns) page.Append("|---");
        page.Append("|\n");
        foreach (var method in table.Methods)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {method}{(table.IsUntouched(method) ? " †" : "")} | {choices.Of(method) ?? "–"}{(choices.Edge(method) is { } edge ? $" ({edge} tried)" : "")}");
            foreach (var (_, metric, format) in Columns) page.Append(" | ").Append(MeanText.Of(table.Of(method, metric), format));
            page.Append(" |\n");
        }
    }

    /// <summary>Says whether ARU is above each baseline and near gold, by the means.</summary>
    private static void Verdict(StringBuilder page, AruTable table)
    {
        var aru = table.Mean(AruCandidate.Aru, AruRows.NoMusScore);
        string[] baselines = [.. table.Methods.Where(method => AruCandidate.All.Any(candidate => candidate.Label == method && candidate.Method != "aru"))];
        string[] above = [.. baselines.Where(method => table.Mean(method, AruRows.NoMusScore) >= aru)];
        var gap = table.Mean(AruCandidate.Aru, AruRows.Gap);
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
}
