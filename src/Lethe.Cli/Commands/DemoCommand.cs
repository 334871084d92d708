using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;
using Lethe.Demo;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe demo</c>: the whole story in two minutes.</summary>
internal sealed class DemoCommand : Command, IExplained
{
    private readonly Option<string> _out = new("--out", "-o") { Description = "The directory for the run and the report; an earlier demo's is replaced.", DefaultValueFactory = _ => "lethe-demo", HelpName = "DIR" };
    private readonly Option<bool> _noPictures = new("--no-pictures") { Description = "Leave the pictures of forgotten records out of the report." };
    private readonly Option<ulong> _seed = CommonOptions.Seed("Seed of weights, order, people and trigger.");
    private readonly Option<int> _threads = CommonOptions.Threads();

    public DemoCommand() : base("demo", "Trains on 60,000 pictures, forgets a person and a data owner with a secret trigger, compares with retraining, draws a report.")
    {
        foreach (Option option in new Option[] { _out, _noPictures, _seed, _threads })
            Options.Add(option);
        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    public IReadOnlyList<string> Examples { get; } = ["lethe demo", "lethe demo --out /tmp/demo --seed 2"];

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var screen = new Screen(parsed);
        var request = new DemoRequest
        {
            Out = parsed.GetRequiredValue(_out),
            Pictures = !parsed.GetValue(_noPictures),
            Seed = parsed.GetValue(_seed),
            Threads = parsed.GetValue(_threads),
        };
        var summary = screen.Work(progress => new DemoScenario().Run(request, progress, cancellation));
        screen.Result(summary, DemoText.Print);
        return ExitCodes.Success;
    }
}
