using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;
using Lethe.Core.Evidence;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe evidence replay RUN</c>: executes recorded steps again and compares the bits.</summary>
internal sealed class EvidenceReplayCommand : Command, IExplained
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<int[]> _step = new("--step") { Description = "Execute the step of this block again (0: the initial model); may be repeated.", HelpName = "N" };
    private readonly Option<bool> _all = new("--all") { Description = "Execute every step that can be: as much work as training." };
    private readonly Option<bool> _certified = new("--certified") { Description = "Execute the steps that the newest request's certificate names, and the initial model." };
    private readonly Option<double> _share = new("--share") { Description = "Share of the trained steps to choose, at least one; the initial model comes on top.", DefaultValueFactory = _ => SpotCheck.DefaultShare, CustomParser = DecimalNumber.ParseGiven, HelpName = "S" };
    private readonly Option<string?> _key = new("--key") { Description = "Text that chooses the steps; without it a random one, which is printed.", HelpName = "TEXT" };

    public EvidenceReplayCommand() : base("replay", "Executes steps of training and forgetting again, without the forgotten records, and compares the bits.")
    {
        Arguments.Add(_run);
        Options.Add(_step);
        Options.Add(_all);
        Options.Add(_certified);
        Options.Add(_share);
        Options.Add(_key);
        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "lethe evidence replay run",
        "lethe evidence replay run --share 0.05 --key 'drawn by the auditor on 3 May'",
        "lethe evidence replay run --step 17 --step 18",
        "lethe evidence replay run --all --json",
    ];

    public string Notes => """
        The exit code is 4 if any step gives other bits or the run contradicts itself. The outcome is stored as replay.json, in the folder of
        the newest request, unless a replay of more steps lies there; the next certificate states it. Needs the data, and a machine that computes the same bits. What replay proves is exact for training, retrain and
        sisa; of DeepObliviate it proves the retrained blocks, not the stitch. Choose --key only after the run was made: then nobody could foresee the choice.
        """;

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var screen = new Screen(parsed);
        var options = new ReplayOptions
        {
            Steps = parsed.GetValue(_step) ?? [],
            All = parsed.GetValue(_all),
            Certified = parsed.GetValue(_certified),
            Share = parsed.GetValue(_share),
            Key = parsed.GetValue(_key),
        };
        var summary = screen.Work(progress => new LetheEngine().Replay(parsed.GetRequiredValue(_run), options, progress, cancellation));
        screen.Result(summary, ReplayText.Print);
        return summary.Replay.Equal ? ExitCodes.Success : ExitCodes.Damaged;
    }
}
