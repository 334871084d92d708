using System.CommandLine;

namespace Lethe.Cli.CommandLine;

/// <summary>The options that say how a training step is done.</summary>
/// <param name="rate">What <c>--lr</c> is.</param>
internal sealed class StepOptionSet(string rate)
{
    public Option<string?> Optimizer { get; } = Choice(new("--optimizer") { Description = "The optimizer." });

    public Option<double?> Rate { get; } = new("--lr") { Description = rate, HelpName = "RATE", CustomParser = DecimalNumber.Parse };

    public Option<double?> Momentum { get; } = new("--momentum") { Description = "Momentum of sgd.", HelpName = "M", CustomParser = DecimalNumber.Parse };

    public Option<double?> WeightDecay { get; } = new("--weight-decay") { Description = "Weight decay.", HelpName = "W", CustomParser = DecimalNumber.Parse };

    public Option<int?> BatchSize { get; } = new("--batch-size") { Description = "Records in a batch.", HelpName = "N" };

    public IReadOnlyList<Option> All => [Rate, Optimizer, Momentum, WeightDecay, BatchSize];

    private static Option<string?> Choice(Option<string?> option)
    {
        option.AcceptOnlyFromAmong("sgd", "adam", "adamw");
        return option;
    }
}
