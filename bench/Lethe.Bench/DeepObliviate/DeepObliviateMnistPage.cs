using System.Globalization;
using System.Text;

using Lethe.Bench.Results;
using Lethe.Verification;

namespace Lethe.Bench.DeepObliviate;

/// <summary>The page of tables that stands beside the suite's JSON; every figure in it is computed from the rows.</summary>
internal static class DeepObliviateMnistPage
{
    private static readonly string[] Modes = ["deep-obliviate/floor", "deep-obliviate/fit", "deep-obliviate/dfa"];

    public static ResultsPage Render(ResultsFile file)
    {
        var page = new StringBuilder();
        page.Append("# DeepObliviate on MNIST, LeNet-5\n\n");
        page.Append("200 blocks of 300 records, 5 epochs a block, SGD 0.1 decaying linearly over the blocks, batch 50, shifts by one pixel; seeds ")
            .AppendJoin(", ", file.Rows.Select(static row => row.Seed).Distinct()).Append(".\n");
        page.Append("Speed-up is the work of retraining from scratch divided by the work of forgetting; seconds include reading, stitching, rewriting every\n");
        page.Append("later checkpoint and the commit that destroys the stale ones. Gold is retrained without the records with the same seed; gold/other-seed\n");
        page.Append("shows how much two gold models differ. Agreement and the price of resuming were taken for the first 6 records and 3 writers of each seed,\n");
        page.Append("the slope tests (fit, dfa) for the first 3 records. The wrong labels are 10 % of the last block in an overfitting setting: 15,000\n");
        page.Append("records, 50 blocks, 20 epochs a block, a rate that only halves, no augmentation. Means over all draws and seeds; ± is one standard deviation.\n");
        Requests(page, file, "one record", Modes);
        Requests(page, file, "one writer", Modes[..1]);
        Scattered(page, file);
        Memory(page, file, MemoryScenarios.BackdoorScenario, MemoryScenarios.HitRate);
        Memory(page, file, MemoryScenarios.WrongLabelScenario, MemoryScenarios.WrongLabelAccuracy);
        return new ResultsPage(page.ToString());
    }

    private static void Requests(StringBuilder page, ResultsFile file, string scenario, string[] methods)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## Forgetting {scenario}\n\n");
        page.Append("| | test accuracy | agreement with gold | retrained blocks | × scratch, samples | × scratch, seconds | × resuming, samples | × resuming, seconds | distance to gold ÷ original's | draws |\n");
        page.Append("|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var method in new[] { MnistRows.Original, MnistRows.Gold, MnistRows.GoldOtherSeed }.Concat(methods))
        {
            Spread Of(string metric) => new([.. file.Values(scenario, method, metric)]);
            page.Append(CultureInfo.InvariantCulture, $"| {method} | {Of(MnistRows.TestAccuracy).Percent} | {Of(MnistRows.Agreement).Percent} ")
                .Append(CultureInfo.InvariantCulture, $"| {Of(MnistRows.RetrainedBlocks).Plain} | {Of(MnistRows.SampleSpeedUp).Plain} | {Of(MnistRows.SecondSpeedUp).Plain} ")
                .Append(CultureInfo.InvariantCulture, $"| {Of(MnistRows.ResumeSampleSpeedUp).Plain} | {Of(MnistRows.ResumeSecondSpeedUp).Plain} | {Of(MnistRows.RelativeDistance).Plain} ")
                .Append(CultureInfo.InvariantCulture, $"| {Of(MnistRows.RetrainedBlocks).Count} |\n");
        }
    }

    private static void Scattered(StringBuilder page, ResultsFile file)
    {
        page.Append("\n## Forgetting k scattered records at once (default stop mode)\n\n");
        page.Append("| k | between deleted blocks | retrained blocks | × scratch, samples | × scratch, seconds | test accuracy | agreement with gold |\n|---|---|---|---|---|---|---|\n");
        foreach (var count in MnistSettings.ScatteredCounts)
        {
            foreach (var (method, name) in new[] { (Modes[0], "retrain the gaps"), (Modes[0] + "/jump", "stop and stitch in the gaps (`--jump`)") })
            {
                Spread Of(string metric) => new([.. file.Values($"{count} scattered", method, metric)]);
                page.Append(CultureInfo.InvariantCulture, $"| {count} | {name} | {Of(MnistRows.RetrainedBlocks).Plain} | {Of(MnistRows.SampleSpeedUp).Plain} ")
                    .Append(CultureInfo.InvariantCulture, $"| {Of(MnistRows.SecondSpeedUp).Plain} | {Of(MnistRows.TestAccuracy).Percent} | {Of(MnistRows.Agreement).Percent} |\n");
            }
        }
    }

    private static void Memory(StringBuilder page, ResultsFile file, string scenario, string metric)
    {
        double[] golds = [.. file.Values(scenario, MnistRows.Gold, metric), .. file.Values(scenario, MnistRows.GoldOtherSeed, metric)];
        page.Append(CultureInfo.InvariantCulture, $"\n## Where the original remembers: {scenario}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"| | {metric} | within gold's mean ± 2 sd | test accuracy | × scratch, samples | × scratch, seconds |\n|---|---|---|---|---|---|\n");
        foreach (var method in new[] { MnistRows.Original, Modes[0], MnistRows.Gold, MnistRows.GoldOtherSeed })
        {
            double[] values = [.. file.Values(scenario, method, metric)];
            var inside = method.StartsWith(MnistRows.Gold, StringComparison.Ordinal)
                ? "reference"
                : string.Create(CultureInfo.InvariantCulture, $"{values.Count(value => GoldSpread.WithinGold(value, golds) == true)} of {values.Length} seeds");
            Spread Of(string name) => new([.. file.Values(scenario, method, name)]);
            page.Append(CultureInfo.InvariantCulture, $"| {method} | {new Spread(values).Percent} | {inside} | {Of(MnistRows.TestAccuracy).Percent} ")
                .Append(CultureInfo.InvariantCulture, $"| {Of(MnistRows.SampleSpeedUp).Plain} | {Of(MnistRows.SecondSpeedUp).Plain} |\n");
        }
    }

    private sealed record Spread(double[] Values)
    {
        public int Count => Values.Length;

        public string Percent => MeanText.Of(Values, "0.00", " %", 100);

        public string Plain => MeanText.Of(Values, "0.0");
    }
}
