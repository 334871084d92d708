using System.Globalization;
using System.Text;
using Lethe.Bench.Results;

namespace Lethe.Bench.Sisa;

/// <summary>The page of tables that stands beside the suite's JSON; every figure in it is computed from the rows.</summary>
internal static class SisaPage
{
    public static ResultsPage Render(string suite, ResultsFile file, IReadOnlyList<SisaSettings> datasets)
    {
        var page = new StringBuilder();
        page.Append("# SISA beside DeepObliviate\n\n");
        page.Append("The same network, optimizer, batches and rates; DeepObliviate trains E passes in blocks, SISA in S shards × 10 slices with 2E / 11 passes over each\n");
        page.Append("slice's union, rounded, so that the work is nearly the same. Forgetting is by each one's own method (DeepObliviate's default stop rule; SISA is\n");
        page.Append(CultureInfo.InvariantCulture, $"exact), {datasets[0].Draws} draws of scattered records for each number and seed, the same for both. Speed-up is over each one's own training. Prediction is the best\n");
        page.Append("of five passes over the test set in batches of 1,000; storage is the run's directory over one model. The networks are the largest for which the suite\n");
        page.Append(CultureInfo.InvariantCulture, $"ends within about an hour on one core: {string.Join(", ", datasets.Select(static settings => $"{Network(settings)} for {settings.Dataset}"))}.\n");
        page.Append("Means over draws and seeds; ± is one standard deviation.\n");
        var plots = new List<(string Name, string Svg)>();
        foreach (var settings in datasets)
        {
            ResultRow[] rows = [.. file.Rows.Where(row => row.Dataset == settings.Dataset)];
            if (rows.Length == 0) continue;
            var figures = new SisaFigures(settings, rows);
            page.Append(CultureInfo.InvariantCulture, $"\n## {settings.Dataset}: {settings.Blocks} blocks or {settings.Shards[0]} shards, E = {settings.Epochs}\n\n");
            Training(page, figures);
            Forgetting(page, figures);
            SisaVerdicts.Append(page, figures);
            Plot("accuracy", "Test accuracy and price of prediction by scheme", SisaCharts.Accuracies(figures));
            Plot("forgetting", "Speed-up of forgetting 1, 10 and 100 records by method", SisaCharts.SpeedUps(figures));

            void Plot(string shown, string words, StripChart? chart)
            {
                if (chart is null) return;
                plots.Add((PlotName.Of(suite, $"{settings.Dataset} {shown}"), chart.Draw()));
                page.Append(CultureInfo.InvariantCulture, $"\n![{words}]({plots[^1].Name})\n");
            }
        }

        return new ResultsPage(page.ToString(), plots);
    }

    private static string Network(SisaSettings settings) =>
        settings.ModelOptions.Count == 0 ? settings.Model : $"{settings.Model} ({string.Join(", ", settings.ModelOptions.Select(static option => $"{option.Key}={option.Value}"))})";

    private static void Training(StringBuilder page, SisaFigures figures)
    {
        var voted = figures.Methods.Any(method => figures.Of(SisaRows.Training, method, SisaRows.VoteAccuracy).Length > 0);
        page.Append(CultureInfo.InvariantCulture, $"| | test accuracy |{(voted ? " by vote |" : "")} training samples | training seconds | prediction, ms | prediction over one model's | storage |\n")
            .Append(CultureInfo.InvariantCulture, $"|---|---|{(voted ? "---|" : "")}---|---|---|---|---|\n");
        foreach (var method in figures.Methods)
        {
            string Cell(string metric, string format, string unit = "", double scale = 1) => MeanText.Of(figures.Of(SisaRows.Training, method, metric), format, unit, scale);
            page.Append(CultureInfo.InvariantCulture, $"| {method} | {Cell(SisaRows.TestAccuracy, "0.0", " %", 100)} | {(voted ? Cell(SisaRows.VoteAccuracy, "0.0", " %", 100) + " | " : "")}{Cell(SisaRows.TrainingSamples, "#,0")} | {Cell(SisaRows.TrainingSeconds, "0.0")} ")
                .Append(CultureInfo.InvariantCulture, $"| {Cell(SisaRows.Prediction, "0.0")} | {MeanText.Of(figures.PredictionRatios(method), "0.0", "×")} | {Cell(SisaRows.Storage, "0", "×")} |\n");
        }
    }

    private static void Forgetting(StringBuilder page, SisaFigures figures)
    {
        page.Append("\n| records | method | test accuracy after | samples | speed-up, samples | seconds | speed-up, seconds |\n|---|---|---|---|---|---|---|\n");
        foreach (var count in SisaSettings.Counts)
        {
            foreach (var method in figures.Forgetting)
            {
                string Cell(string metric, string format, string unit = "", double scale = 1) => MeanText.Of(figures.Of(SisaRows.Forgetting(count), method, metric), format, unit, scale);
                page.Append(CultureInfo.InvariantCulture, $"| {count} | {method} | {Cell(SisaRows.TestAccuracy, "0.0", " %", 100)} | {Cell(SisaRows.Samples, "#,0")} ")
                    .Append(CultureInfo.InvariantCulture, $"| {Cell(SisaRows.SampleSpeedUp, "0.0", "×")} | {Cell(SisaRows.Seconds, "0.00")} | {Cell(SisaRows.SecondSpeedUp, "0.0", "×")} |\n");
            }
        }
    }
}
