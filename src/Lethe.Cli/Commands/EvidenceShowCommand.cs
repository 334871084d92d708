using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe evidence show RUN</c>.</summary>
internal sealed class EvidenceShowCommand : Command, IExplained
{
    private readonly Argument<string> _run = CommonOptions.Run();

    public EvidenceShowCommand() : base("show", "Prints a run's ledger and its certificates.")
    {
        Arguments.Add(_run);
        SetAction(parsed => Run(parsed));
    }

    public IReadOnlyList<string> Examples { get; } = ["lethe evidence show run", "lethe evidence show run --json"];

    private int Run(ParseResult parsed)
    {
        new Screen(parsed).Result(new LetheEngine().ShowEvidence(parsed.GetRequiredValue(_run)), EvidenceText.PrintOverview);
        return ExitCodes.Success;
    }
}
