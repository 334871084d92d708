using System.Globalization;
using System.Text;

using Lethe.Bench.Results;
using Lethe.Core.Numerics;
using Lethe.Methods;
using Lethe.Verification;

namespace Lethe.Bench.Baselines;

/// <summary>The page of tables and its plots; every figure is computed from the rows.</summary>
internal sealed class BaselinesPage(ResultsFile file)
{
    private readonly List<(string Name, string Svg)> plots = [];

    public ResultsPage Render()
    {
        var page = new StringBuilder();
        page.Append("# All methods side by side\n\n");
        page.Append("LeNet-5, SGD, batch 50, neither weight decay nor augmentation: small and overfitted on purpose. Every method runs with its\n");
        page.Append("default options, which follow its source where that names any and were not tuned for these data, on a copy of the same run; amnesiac takes back the\n");
        page.Append("updates of whole blocks, since a run keeps those and not every batch's. Gold is trained from scratch without\n");
        page.Append("the records; gold/other-seed is the noise floor: what two gold models differ by. **A method is good when it cannot be told from gold**, not\n");
        page.Append("when accuracy on D_f is 0. \"Within gold\" counts the seeds whose accuracy on D_f lies within mean ± 2 standard deviations of all gold models.\n");
        page.Append(CultureInfo.InvariantCulture, $"SISA needs a run of its own ({BaselineSettings.Shards} shards, {BaselineSettings.Slices} slices) on the same data and stands beside that run's original and gold, the last rows.\n");
        page.Append("Means over seeds ").AppendJoin(", ", file.Rows.Select(static row => row.Seed).Distinct()).Append("; ± is one standard deviation. ");
        page.Append("Speed-up is gold's training work over the method's; the seconds of a method include reading and storing the run.\n");
        foreach (var scenario in file.Rows.Select(static row => row.Scenario).Distinct())
        {
            Scenario(page, scenario);
        }

        return new ResultsPage(page.ToString(), plots);
    }

    private void Scenario(StringBuilder page, string scenario)
    {
        string[] methods = [.. file.Rows.Where(row => row.Scenario == scenario).Select(static row => row.Method).Distinct()];
        var byClass = file.Rows.Any(row => row.Scenario == scenario && row.Metric == BaselineRows.KeptTestAccuracy);
        var dataset = file.Rows.First(row => row.Scenario == scenario).Dataset;
        page.Append(CultureInfo.InvariantCulture, $"\n## {char.ToUpperInvariant(scenario[0])}{scenario[1..]}: {dataset}\n\n{BaselineScenarios.Explanations.GetValueOrDefault(scenario)}\n\n");
        page.Append("| | ").Append(byClass ? "test, kept classes | test, forgotten class" : "test accuracy");
        page.Append(" | on D_r | on D_f | within gold | agreement with gold | JS on test, nats | JS on D_f, nats | membership attack | NoMUS | relearn time, batches | distance to gold ÷ original's |\n|---|");
        page.Append(byClass ? "---|" : "").Append("---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var method in methods)
        {
            string Cell(string metric, double scale, string format) => MeanText.Of(file.Values(scenario, method, metric), format, scale: scale);
            string Percent(string metric) => Cell(metric, 100, "0.0");
            page.Append(CultureInfo.InvariantCulture, $"| {method} | ");
            page.Append(byClass ? $"{Percent(BaselineRows.KeptTestAccuracy)} | {Percent(BaselineRows.ForgottenTestAccuracy)}" : Percent(BaselineRows.TestAccuracy));
            page.Append(CultureInfo.InvariantCulture, $" | {Percent(BaselineRows.RetainedAccuracy)} | {Percent(BaselineRows.ForgottenAccuracy)} | {Within(scenario, method)} ");
            page.Append(CultureInfo.InvariantCulture, $"| {Percent(BaselineRows.Agreement)} | {Cell(BaselineRows.TestDivergence, 1, "0.000")} | {Cell(BaselineRows.ForgottenDivergence, 1, "0.000")} ");
            page.Append(CultureInfo.InvariantCulture, $"| {Percent(BaselineRows.Membership)} | {Cell(BaselineRows.NoMus, 1, "0.000")} | {(file.Values(scenario, method, AnamnesisRows.Capped).Any(static capped => capped > 0) ? "≥ " : "")}{Cell(BaselineRows.RelearnBatches, 1, "0.0")} | {Cell(BaselineRows.Distance, 1, "0.00")} |\n");
        }

        page.Append("\nAccuracy, agreement and attack in percent; a membership attack at 50 % is chance. NoMUS is half test accuracy (of kept classes)\nand half the attack's failure: equal to gold is best, not 1. Relearn time: mini-batches of D_f until the\noriginal's accuracy on it, less 5 %, is back; ≥ where some seed was given up after 10 passes.\n\n");
        Further(page, scenario, methods);
        Cost(page, scenario, methods);
        Plot(page, scenario, methods, byClass);
        Missing(page, methods, byClass ? Granularity.Classes : Granularity.Records);
    }

    /// <summary>Methods of the other scenarios that cannot do what this one asks for.</summary>
    private void Missing(StringBuilder page, string[] methods, Granularity named)
    {
        var elsewhere = file.Rows.Select(static row => row.Method).Except(methods).ToHashSet();
        foreach (var method in MethodCatalog.All.Select(static method => method.Descriptor).Where(method => elsewhere.Contains(method.Name) && !method.Granularity.HasFlag(named)))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n{method.Name} is missing: {method.Name} forgets {string.Join(" and ", method.GranularityWords)} only, and the request names {named.ToString().ToLowerInvariant()}.\n");
        }
    }

    private void Further(StringBuilder page, string scenario, string[] methods)
    {
        ResultRow[] rows = [.. file.Rows.Where(row => row.Scenario == scenario)];
        if (!rows.Any(static row => row.Metric == BaselineRows.Zrf)) return;
        page.Append("| further measures | anamnesis index | ZRF | L2 distance to gold ÷ gold's norm |\n|---|---|---|---|\n");
        foreach (var method in methods)
        {
            string Cell(string metric, string format) => MeanText.Of(file.Values(scenario, method, metric), format);
            var anamnesis = AnamnesisRows.Text(rows, method, BaselineRows.Gold + OfSisa(scenario, method));
            page.Append(CultureInfo.InvariantCulture, $"| {method} | {anamnesis} | {Cell(BaselineRows.Zrf, "0.000")} | {Cell(BaselineRows.SquareDistance, "0.00")} |\n");
        }

        page.Append("\nAnamnesis index: relearn time over gold's, 1 is best; ≥ where the model was given up, ≤ where gold was, a dash where both were. ZRF: one minus the mean\nJensen-Shannon divergence from an untrained network on D_f; near gold's is best.\n\n");
    }

    private void Cost(StringBuilder page, string scenario, string[] methods)
    {
        var written = methods.Any(method => file.Values(scenario, method, BaselineRows.BytesWritten).Length > 0);
        page.Append("| cost | samples | seconds | × gold, samples | × gold, seconds |").Append(written ? " kB written |" : "").Append("\n|---|---|---|---|---|").Append(written ? "---|\n" : "\n");
        foreach (var method in methods.Where(method => file.Values(scenario, method, BaselineRows.Samples).Length > 0))
        {
            string Cell(string metric, string format) => MeanText.Of(file.Values(scenario, method, metric), format);
            page.Append(CultureInfo.InvariantCulture, $"| {method} | {Cell(BaselineRows.Samples, "N0")} | {Cell(BaselineRows.Seconds, "0.00")} ")
                .Append(CultureInfo.InvariantCulture, $"| {Cell(BaselineRows.SampleSpeedUp, "0.0")} | {Cell(BaselineRows.SecondSpeedUp, "0.0")} ")
                .Append(written ? $"| {MeanText.Of(file.Values(scenario, method, BaselineRows.BytesWritten), "N0", scale: 1e-3)} |\n" : "|\n");
        }
    }

    private void Plot(StringBuilder page, string scenario, string[] methods, bool byClass)
    {
        var test = byClass ? BaselineRows.KeptTestAccuracy : BaselineRows.TestAccuracy;
        double Mean(string method, string metric) => Statistics.Mean([.. file.Values(scenario, method, metric)]);
        StripBand? Band(string metric, string color) => Gold(scenario, metric) is { } gold ? new StripBand(gold, color) : null;
        var chart = new StripChart(
            byClass ? "accuracy on D_f (full) and on the test pictures of kept classes (ring)" : "accuracy on D_f (full) and on test (ring)",
            ChartAxis.Shares,
            [.. methods.Select(method => new Strip(method,
            [
                new StripMark(Mean(method, BaselineRows.ForgottenAccuracy), StripChart.Red), new StripMark(Mean(method, test), StripChart.Blue, MarkShape.Ring),
            ]))],
            Band(BaselineRows.ForgottenAccuracy, StripChart.Red),
            Band(test, StripChart.Blue));
        var name = PlotName.Of("baselines", scenario);
        plots.Add((name, chart.Draw()));
        page.Append(CultureInfo.InvariantCulture, $"\n![Accuracy on D_f and on test by method, with gold's range]({name})\n");
    }

    private string Within(string scenario, string method)
    {
        double[] values = [.. file.Values(scenario, method, BaselineRows.ForgottenAccuracy)];
        return method.StartsWith(BaselineRows.Gold, StringComparison.Ordinal)
            ? "reference"
            : Gold(scenario, BaselineRows.ForgottenAccuracy, OfSisa(scenario, method)) is { } gold ? $"{values.Count(gold.Contains)} of {values.Length}" : "–";
    }

    private GoldSpread? Gold(string scenario, string metric, string of = "") =>
        GoldSpread.Of([.. file.Values(scenario, BaselineRows.Gold + of, metric), .. file.Values(scenario, BaselineRows.Floor + of, metric)]);

    /// <summary>Rows from the first of a SISA run on belong to its run and are judged by its gold models.</summary>
    private string OfSisa(string scenario, string method)
    {
        string[] methods = [.. file.Rows.Where(row => row.Scenario == scenario).Select(static row => row.Method).Distinct()];
        var sisa = Array.FindIndex(methods, static name => name.EndsWith(BaselineRows.OfSisa, StringComparison.Ordinal));
        return sisa >= 0 && Array.IndexOf(methods, method) >= sisa ? BaselineRows.OfSisa : "";
    }
}
