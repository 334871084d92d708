using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;
using Lethe.Reports;
using Spectre.Console;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe shadows RUN</c>: trains the shadow models of a verification ahead of it.</summary>
internal sealed class ShadowsCommand : Command, IExplained
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<int> _count = new("--shadows") { Description = "Models that learned and forgot a record, and as many that never saw it.", DefaultValueFactory = _ => new ShadowTrainingOptions().PerSide, HelpName = "N" };
    private readonly Option<bool> _price = new("--price") { Description = "Say how long it takes, and train nothing." };
    private readonly Option<string?> _store = CommonOptions.ShadowStore();
    private readonly Option<int?> _processes = CommonOptions.ShadowProcesses();
    private readonly Option<bool> _retrain = CommonOptions.RetrainForgotten();
    private readonly Option<bool> _force = CommonOptions.ForceProfile();

    public ShadowsCommand() : base("shadows", "Trains shadow models for the attacks of `lethe verify --shadows`, for example overnight.")
    {
        Arguments.Add(_run);
        foreach (Option option in new Option[] { _count, _price, _store, _processes, _retrain, _force })
            Options.Add(option);
        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    public IReadOnlyList<string> Examples { get; } = ["lethe shadows run --price", "lethe shadows run --shadows 32", "lethe shadows run --shadows 64 --processes 4 --shadow-store shadows"];

    public string Notes => """
        Twice N models are trained like the run's, each without half of the records of the request that waits, and made to forget the other half as the run did.
        Where no request waits they would learn again what the last one made the run forget: that is refused without --retrain-forgotten.
        Ctrl-C leaves finished models, and the same command goes on. Only what the models say is kept, never the models.
        """;

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var screen = new Screen(parsed);
        var options = new ShadowTrainingOptions
        {
            PerSide = parsed.GetValue(_count),
            PriceOnly = parsed.GetValue(_price),
            Store = parsed.GetValue(_store),
            RetrainForgotten = parsed.GetValue(_retrain),
            ForceProfile = parsed.GetValue(_force),
        };
        var engine = new LetheEngine { Workers = WorkerProgram.Of(parsed.GetValue(_processes)) };
        var summary = screen.Work(progress => engine.GrowShadows(parsed.GetRequiredValue(_run), options, progress, cancellation));
        screen.Result(summary, (console, result) => Print(console, result, options.PriceOnly));
        return ExitCodes.Success;
    }

    private static void Print(IAnsiConsole console, ShadowSummary summary, bool priceOnly)
    {
        console.MarkupLineInterpolated($"[bold]{summary.Run}[/]: {summary.Request}, {Wording.Count(summary.Records, "record", "records")} forgotten by {summary.Method}");
        console.WriteLine(priceOnly
            ? summary.Price.Describe()
            : $"{Wording.Count(summary.Trained, "shadow model", "shadow models")} trained in {Wording.Seconds(summary.Elapsed)}, {Wording.Whole(summary.Price.Cached)} were there; what they say is in {summary.Store}");
    }
}
