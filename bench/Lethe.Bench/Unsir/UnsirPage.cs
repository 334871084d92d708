using System.Globalization;
using System.Text;

using Lethe.Bench.Baselines;
using Lethe.Bench.Results;
using Lethe.Core.Numerics;
using Lethe.Core.Store;
using Lethe.Verification;

namespace Lethe.Bench.Unsir;

/// <summary>The page of tables that stands beside the suite's JSON; every figure in it is computed from the rows.</summary>
internal static class UnsirPage
{
    /// <summary>Classes as the paper writes them.</summary>
    public static string Words(IEnumerable<int> classes) => "{" + string.Join(", ", classes) + "}";

    public static string Render(ResultsFile file, UnsirProtocol protocol, string directory)
    {
        var page = new StringBuilder("# UNSIR on CIFAR-10 (JPEG)\n\n");
        page.Append("Whole classes are forgotten; accuracies are on the test set, restricted to forgotten (D_f) and kept (D_r) classes. Gold is trained from scratch without\n");
        page.Append("the classes. Relearn time: mini-batches of fine-tuning on D_f (Adam 0.001, batch 256) until 95 % of the original's accuracy on it; ≥ where some seed was\n");
        page.Append("given up after 10 epochs. The anamnesis index divides it by gold's. Speed-up is over training gold. Means over seeds; ± is one standard deviation.\n\n");
        page.Append("**Size.** The paper and its notebook train on all 50,000 records for 40 epochs and read 1,000 retained records a class. Here:\n\n");
        foreach (var trial in protocol.Trials)
        {
            page.Append(CultureInfo.InvariantCulture, $"- {trial.Model}: {trial.TrainPerClass} training records a class, {trial.Epochs} epochs of Adam at {UnsirTrial.LearningRate} falling linearly, ")
                .Append(CultureInfo.InvariantCulture, $"{trial.RetainPerClass} retained records a class, {trial.NoiseBatch} noise images a class, seeds {string.Join(", ", trial.Seeds)}.\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"\nThe test set is cut to {protocol.TestPerClass} records a class.\n");
        foreach (var group in file.Rows.GroupBy(static row => (row.Model, row.Scenario)))
        {
            Table(page, group.Key.Model, group.Key.Scenario, [.. group]);
            Plot(page, $"{protocol.Suite}-{group.Key.Model}-{group.Key.Scenario.Trim('{', '}').Replace(", ", "-", StringComparison.Ordinal)}.svg", directory, [.. group]);
        }

        Fingerprints(page, file);
        return page.ToString();
    }

    private static void Table(StringBuilder page, string model, string scenario, ResultRow[] rows)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {model}, classes {scenario}\n\n");
        page.Append("| | D_f test accuracy | D_r test accuracy | D_f test loss | relearn time | anamnesis index | seconds | × retraining, samples | × retraining, seconds | notebook's seconds ÷ these |\n");
        page.Append("|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var method in rows.Select(static row => row.Method).Distinct())
        {
            string Of(string metric, double scale = 1, string format = "0.0", string unit = "") =>
                MeanText.Of([.. rows.Where(row => row.Method == method && row.Metric == metric).Select(row => row.Value * scale)], format, unit);
            var capped = rows.Any(row => row.Method == method && row.Metric == UnsirRows.Capped && row.Value > 0) ? "≥ " : "";
            page.Append(CultureInfo.InvariantCulture, $"| {method} | {Of(UnsirRows.ForgottenAccuracy, 100, "0.00", " %")} | {Of(UnsirRows.RetainedAccuracy, 100, "0.00", " %")} ")
                .Append(CultureInfo.InvariantCulture, $"| {Of(UnsirRows.ForgottenLoss, 1, "0.00")} | {capped}{Of(UnsirRows.Relearn)} | {Of(UnsirRows.Anamnesis, 1, "0.00")} | {Of(UnsirRows.Seconds)} ")
                .Append(CultureInfo.InvariantCulture, $"| {Of(UnsirRows.SampleSpeedUp)} | {Of(UnsirRows.SecondSpeedUp)} | {Of(UnsirRows.NotebookRatio, 1, "0.00")} |\n");
        }
    }

    private static void Plot(StringBuilder page, string name, string directory, ResultRow[] rows)
    {
        double[] Of(string method, string metric) => [.. rows.Where(row => row.Method == method && row.Metric == metric).Select(static row => row.Value)];
        AtomicFile.WriteAllText(Path.Combine(directory, name), new AccuracyStrips(
            [.. rows.Select(static row => row.Method).Distinct().Select(method => new AccuracyStrip(
                method, Statistics.Mean(Of(method, UnsirRows.ForgottenAccuracy)), Statistics.Mean(Of(method, UnsirRows.RetainedAccuracy))))],
            GoldSpread.Of(Of(UnsirRows.Gold, UnsirRows.ForgottenAccuracy)),
            GoldSpread.Of(Of(UnsirRows.Gold, UnsirRows.RetainedAccuracy)),
            "test accuracy on D_f (full) and D_r (ring)").Draw());
        page.Append(CultureInfo.InvariantCulture, $"\n![Test accuracy on forgotten and kept classes by method, with gold's range]({name})\n");
    }

    private static void Fingerprints(StringBuilder page, ResultsFile file)
    {
        string[] entries = [.. file.Rows.Select(static row => row.Metric).Where(static metric => metric.StartsWith(UnsirRows.Fingerprint, StringComparison.Ordinal)).Distinct()];
        if (entries.Length == 0) return;
        page.Append("\n## Loss fingerprint of the noise\n\nMeans over classes and seeds; the notebook logs 191.5, 40.9, 0.4, −7.6, −11.2 for class 0.\n\n| | ")
            .AppendJoin(" | ", entries.Select(static entry => "steps " + entry[UnsirRows.Fingerprint.Length..])).Append(" |\n|---|")
            .Insert(page.Length, "---|", entries.Length).Append('\n');
        foreach (var group in file.Rows.Where(row => entries.Contains(row.Metric)).GroupBy(static row => (row.Model, row.Method)))
        {
            page.Append(CultureInfo.InvariantCulture, $"| {group.Key.Model}, {group.Key.Method} | ")
                .AppendJoin(" | ", entries.Select(entry => MeanText.Of([.. group.Where(row => row.Metric == entry).Select(static row => row.Value)], "0.0", ""))).Append(" |\n");
        }
    }
}
