using System.Globalization;
using System.Text;

using Lethe.Bench.Results;
using Lethe.Verification;

namespace Lethe.Bench.Unsir;

/// <summary>The page of tables that stands beside the suite's JSON; every figure in it is computed from the rows.</summary>
internal static class UnsirPage
{
    /// <summary>Classes as the paper writes them.</summary>
    public static string Words(IEnumerable<int> classes) => "{" + string.Join(", ", classes) + "}";

    public static ResultsPage Render(ResultsFile file, UnsirProtocol protocol)
    {
        var page = new StringBuilder("# UNSIR on CIFAR-10 (JPEG)\n\n");
        page.Append("Whole classes are forgotten; accuracies are on the test set, restricted to forgotten (D_f) and kept (D_r) classes. Gold is trained from scratch without\n");
        page.Append("the classes. Relearn time: mini-batches of fine-tuning on D_f (Adam 0.001, batch 256) until 95 % of the original's accuracy on it; ≥ where some seed was\n");
        page.Append("given up after 10 epochs. The anamnesis index divides it by gold's: ≥ where the method was given up, ≤ where gold was, none where both were. Speed-up is\n");
        page.Append("over training gold. Means over seeds; ± is one standard deviation.\n\n");
        page.Append("**Size.** The paper and its notebook train on all 50,000 records for 40 epochs and read 1,000 retained records a class. Here:\n\n");
        foreach (var trial in protocol.Trials.Where(trial => file.Rows.Any(row => row.Model == trial.Model)))
        {
            page.Append(CultureInfo.InvariantCulture, $"- {trial.Model}: {trial.TrainPerClass} training records a class, {trial.Epochs} epochs of Adam at {UnsirTrial.LearningRate} falling linearly, ")
                .Append(CultureInfo.InvariantCulture, $"{trial.RetainPerClass} retained records a class, {trial.NoiseBatch} noise images a class, seeds {string.Join(", ", file.Rows.Where(row => row.Model == trial.Model).Select(static row => row.Seed).Distinct())}.\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"\nAccuracies are those on {protocol.TestPerClass} test records of each class.\n");
        var plots = new List<(string Name, string Svg)>();
        foreach (var group in file.Rows.GroupBy(static row => (row.Model, row.Scenario)))
        {
            var figures = new UnsirFigures(group.Key.Model, group.Key.Scenario, [.. group]);
            Table(page, figures);
            new UnsirVerdicts(figures).Append(page);
            plots.Add((PlotName.Of(protocol.Suite, $"{figures.Model} {figures.Scenario}"), Chart(figures).Draw()));
            page.Append(CultureInfo.InvariantCulture, $"\n![Test accuracy on forgotten and kept classes by method]({plots[^1].Name})\n");
        }

        UnsirFingerprint.Append(page, file);
        return new ResultsPage(page.ToString(), plots);
    }

    private static void Table(StringBuilder page, UnsirFigures figures)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {figures.Model}, classes {figures.Scenario}\n\n");
        page.Append("| | D_f test accuracy | D_r test accuracy | D_f test loss | relearn time | anamnesis index | seconds | × retraining, samples | × retraining, seconds | notebook's seconds ÷ these |\n");
        page.Append("|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var method in figures.Methods)
        {
            string Of(string metric, double scale = 1, string format = "0.0", string unit = "") => MeanText.Of(figures.Of(method, metric), format, unit, scale);
            page.Append(CultureInfo.InvariantCulture, $"| {method} | {Of(UnsirRows.ForgottenAccuracy, 100, "0.00", " %")} | {Of(UnsirRows.RetainedAccuracy, 100, "0.00", " %")} ")
                .Append(CultureInfo.InvariantCulture, $"| {Of(UnsirRows.ForgottenLoss, 1, "0.00")} | {(figures.IsCapped(method) ? "≥ " : "")}{Of(UnsirRows.Relearn)} | {figures.Anamnesis(method)} | {Of(UnsirRows.Seconds)} ")
                .Append(CultureInfo.InvariantCulture, $"| {Of(UnsirRows.SampleSpeedUp)} | {Of(UnsirRows.SecondSpeedUp)} | {Of(UnsirRows.NotebookRatio, 1, "0.00")} |\n");
        }
    }

    private static StripChart Chart(UnsirFigures figures)
    {
        StripBand? Gold(string metric, string color) => GoldSpread.Of(figures.Of(UnsirRows.Gold, metric)) is { } gold ? new StripBand(gold, color) : null;
        return new StripChart(
            "test accuracy on D_f (full) and D_r (ring)",
            ChartAxis.Shares,
            [.. figures.Methods.Select(method => new Strip(method,
            [
                new StripMark(figures.Mean(method, UnsirRows.ForgottenAccuracy), StripChart.Red),
                new StripMark(figures.Mean(method, UnsirRows.RetainedAccuracy), StripChart.Blue, MarkShape.Ring),
            ]))],
            Gold(UnsirRows.ForgottenAccuracy, StripChart.Red),
            Gold(UnsirRows.RetainedAccuracy, StripChart.Blue));
    }
}
