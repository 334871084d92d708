using System.Globalization;
using System.Text;

using Lethe.Bench.Results;
using Lethe.Core.Errors;
using Lethe.Core.Numerics;

namespace Lethe.Bench.Engine;

/// <summary>Our engine against PyTorch on the same machine, turn by turn in one run.</summary>
internal sealed class EngineSuite : IBenchSuite
{
    private const int Turns = 5;
    private const string Ratio = "ratio to PyTorch";
    private const string Speed = "images per second";

    private static readonly (string Case, string Reference, string Model, double Target)[] Comparisons =
    [
        ("lenet5 epoch with data loading", "lenet-dataloader", "lenet5", 1.8),
        ("lenet5 epoch with data loading", "lenet-memory", "lenet5", 1.0),
        ("resnet18 step, fp32", "resnet18-fp32", "resnet18", 1.0),
        ("resnet18 step, --precision auto", "resnet18-fp32", "resnet18", 1.8),
    ];

    public string Name => "engine";

    public string Description =>
        "Training speed against python3-torch in the same run: LeNet-5 epochs on Fashion-MNIST and ResNet-18 steps; about 8 minutes on 2 cores.";

    public SuiteSeeds Seeds => SuiteSeeds.None;

    public Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        if (context.Device != "cpu") throw new UsageException($"{Name} compares processors: run it without --device.");
        var file = new ResultsFile(Name, context);
        using var work = new EngineWork(context.Threads);
        for (var turn = 1; turn <= Turns; turn++)
        {
            context.Log($"turn {turn} of {Turns}");
            var ours = new Dictionary<string, double>();
            var theirs = new Dictionary<string, double>();
            foreach (var (name, reference, model, _) in Comparisons)
            {
                if (!theirs.TryGetValue(reference, out var reached))
                {
                    theirs[reference] = reached = PythonReference.ImagesPerSecond(reference, context.Threads, cancellationToken);
                    file.Add(new ResultRow(Data(model), model, name, "pytorch/" + reference, (ulong)turn, Speed, reached));
                }

                if (!ours.TryGetValue(name, out var own))
                {
                    ours[name] = own = work.ImagesPerSecond(name);
                    file.Add(new ResultRow(Data(model), model, name, "lethe", (ulong)turn, Speed, own));
                }

                file.Add(new ResultRow(Data(model), model, name, "lethe/" + reference, (ulong)turn, Ratio, own / reached));
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        file.Write(Render(file));
        return Task.CompletedTask;
    }

    public ResultsPage Render(ResultsFile file)
    {
        var page = new StringBuilder("# Engine against PyTorch\n\nMedians over ").Append(Turns).Append(
            " turns; in every turn both sides run one after the other. The seed column of the JSON is the turn.\n\n| work | reference | Lethe, images/s | PyTorch, images/s | ratio | wanted |\n|---|---|---|---|---|---|\n");
        foreach (var (name, reference, _, target) in Comparisons)
        {
            double Median(string method, string metric) =>
                Statistics.Quantile([.. file.Rows.Where(row => row.Method == method && row.Metric == metric && (row.Scenario == name || method.StartsWith("pytorch", StringComparison.Ordinal))).Select(static row => row.Value)], 0.5);
            page.Append(CultureInfo.InvariantCulture, $"| {name} | {reference} | {Median("lethe", Speed):0} | {Median("pytorch/" + reference, Speed):0} | {Median("lethe/" + reference, Ratio):0.00} | ≥ {target:0.0} |\n");
        }

        return new ResultsPage(page.ToString());
    }

    private static string Data(string model) => model == "lenet5" ? "Fashion-MNIST" : "random 3x32x32";
}
