using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe inspect RUN</c>: what a run is, and whether anything of the forgotten records is left in it.</summary>
internal sealed class InspectCommand : Command, IExplained
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<bool> _residue = new("--residue") { Description = "Search every file for anything that still carries forgotten records." };

    public InspectCommand() : base("inspect", "Shows what a run is, what it forgot, and what it takes on disk.")
    {
        Arguments.Add(_run);
        Options.Add(_residue);
        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    public IReadOnlyList<string> Examples { get; } = ["lethe inspect run", "lethe inspect run --residue"];

    public string Notes => "With --residue the exit code is 4 if anything is found.";

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var screen = new Screen(parsed);
        bool residue = parsed.GetValue(_residue);
        var engine = new LetheEngine();
        string run = parsed.GetRequiredValue(_run);
        var overview = residue
            ? screen.Work(progress => engine.Inspect(run, searchResidue: true, progress, cancellation))
            : engine.Inspect(run, searchResidue: false, null, cancellation);
        screen.Result(overview, InspectionText.Print);
        return overview.Residue is { Found.Count: > 0 } ? ExitCodes.Damaged : ExitCodes.Success;
    }
}
