using System.Globalization;
using System.Text;
using Lethe.Bench.Results;

namespace Lethe.Bench.Sisa;

/// <summary>The page of tables that stands beside the suite's JSON; every figure in it is computed from the rows.</summary>
internal static class SisaPage
{
    public static string Render(ResultsFile file, IReadOnlyList<SisaSettings> datasets)
    {
        var page = new StringBuilder();
        page.Append("# SISA beside DeepObliviate\n\n");
        page.Append("The same network, optimizer, batches and rates; DeepObliviate trains E passes in blocks, SISA in S shards × 10 slices with 2E / 11 passes over each\n");
        page.Append("slice's union, rounded, so that the work is nearly the same. Forgetting is by each one's own method (DeepObliviate's default stop rule; SISA is\n");
        page.Append(CultureInfo.InvariantCulture, $"exact), {datasets[0].Draws} draws of scattered records for each number and seed, the same for both. Speed-up is over each one's own training. Prediction is the best\n");
        page.Append("of five passes over the test set in batches of 1,000; storage is the run's directory over one model. The networks are the largest for which the suite\n");
        page.Append("ends within about an hour on one core: LeNet-5 for pictures (61,706 parameters at 28×28), an MLP with 256 hidden units for the table.\n");
        page.Append("Means over draws and seeds; ± is one standard deviation.\n");
        foreach (var settings in datasets) Dataset(page, file, settings);
        return page.ToString();
    }

    private static void Dataset(StringBuilder page, ResultsFile file, SisaSettings settings)
    {
        var rows = file.Rows.Where(row => row.Dataset == settings.Dataset).ToList();
        if (rows.Count == 0) return;
        page.Append(CultureInfo.InvariantCulture, $"\n## {settings.Dataset}: {settings.Blocks} blocks or {settings.Shards[0]} shards, E = {settings.Epochs}\n\n");
        page.Append("| | test accuracy | by vote | training samples | training seconds | prediction, ms | prediction over one model's | storage |\n|---|---|---|---|---|---|---|---|\n");
        double single = Values(rows, SisaRows.Training, SisaRows.DeepObliviate, SisaRows.Prediction).DefaultIfEmpty(double.NaN).Average();
        foreach (var method in Methods(settings))
        {
            double[] Of(string metric) => Values(rows, SisaRows.Training, method, metric);
            page.Append(CultureInfo.InvariantCulture, $"| {method} | {MeanText.Of(Of(SisaRows.TestAccuracy), "0.0", " %", 100)} | {MeanText.Of(Of(SisaRows.VoteAccuracy), "0.0", " %", 100)} | {MeanText.Of(Of(SisaRows.TrainingSamples), "#,0")} | {MeanText.Of(Of(SisaRows.TrainingSeconds), "0.0")} ")
                .Append(CultureInfo.InvariantCulture, $"| {MeanText.Of(Of(SisaRows.Prediction), "0.0")} | {MeanText.Of([.. Of(SisaRows.Prediction).Select(value => value / single)], "0.0", "×")} | {MeanText.Of(Of(SisaRows.Storage), "0", "×")} |\n");
        }

        page.Append("\n| records | method | test accuracy after | samples | speed-up, samples | seconds | speed-up, seconds |\n|---|---|---|---|---|---|---|\n");
        foreach (var count in SisaSettings.Counts)
        {
            foreach (var method in Methods(settings).Take(2))
            {
                double[] Of(string metric) => Values(rows, SisaRows.Forgetting(count), method, metric);
                page.Append(CultureInfo.InvariantCulture, $"| {count} | {method} | {MeanText.Of(Of(SisaRows.TestAccuracy), "0.0", " %", 100)} | {MeanText.Of(Of(SisaRows.Samples), "#,0")} ")
                    .Append(CultureInfo.InvariantCulture, $"| {MeanText.Of(Of(SisaRows.SampleSpeedUp), "0.0", "×")} | {MeanText.Of(Of(SisaRows.Seconds), "0.00")} | {MeanText.Of(Of(SisaRows.SecondSpeedUp), "0.0", "×")} |\n");
            }
        }
    }

    private static IEnumerable<string> Methods(SisaSettings settings) => settings.Shards.Select(SisaRows.Sisa).Prepend(SisaRows.DeepObliviate);

    private static double[] Values(List<ResultRow> rows, string scenario, string method, string metric) =>
        [.. rows.Where(row => row.Scenario == scenario && row.Method == method && row.Metric == metric).Select(static row => row.Value)];
}
