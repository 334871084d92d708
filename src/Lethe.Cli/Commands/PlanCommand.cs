using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe plan RUN SELECTION</c>: all methods side by side, nothing done.</summary>
internal sealed class PlanCommand : Command, IExplained
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly SelectionOptionSet _selection = new();

    public PlanCommand() : base("plan", "Shows what each method would take to forget some records, and changes nothing.")
    {
        Arguments.Add(_run);
        _selection.AddTo(this);
        SetAction(parsed => Run(parsed));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "lethe plan run --records 17,23,40-50",
        "lethe plan people --subjects alice",
        "lethe plan run --classes coat --json",
    ];

    private int Run(ParseResult parsed)
    {
        var plans = new LetheEngine().Plan(parsed.GetRequiredValue(_run), _selection.Read(parsed));
        new Screen(parsed).Result(plans, PlanText.Print);
        return ExitCodes.Success;
    }
}
