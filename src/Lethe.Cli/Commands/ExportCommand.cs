using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;
using Lethe.Reports;
using Spectre.Console;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe export RUN</c>: the served model as a file for other programs.</summary>
internal sealed class ExportCommand : Command, IExplained
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<string> _format = new("--format") { Description = "The file format, safetensors or torchscript.", Required = true };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The file to write.", Required = true, HelpName = "FILE" };

    public ExportCommand() : base("export", "Writes the run's model as a file for other programs.")
    {
        _format.AcceptOnlyFromAmong("safetensors", "torchscript");
        Arguments.Add(_run);
        Options.Add(_format);
        Options.Add(_out);
        SetAction(parsed => Run(parsed));
    }

    public IReadOnlyList<string> Examples { get; } =
        ["lethe export run --format safetensors --out model.safetensors", "lethe export run --format torchscript --out model.pt"];

    private int Run(ParseResult parsed)
    {
        var format = parsed.GetRequiredValue(_format) == "torchscript" ? ExportFormat.Torchscript : ExportFormat.Safetensors;
        var summary = new LetheEngine().Export(parsed.GetRequiredValue(_run), format, parsed.GetRequiredValue(_out));
        new Screen(parsed).Result(summary, (console, result) =>
        {
            console.MarkupLineInterpolated($"Wrote [bold]{result.File}[/] ({Wording.Bytes(result.Bytes)}), model {result.Model.Short}.");
            console.WriteLine(result.Input);
            if (result.Waiting is { } request)
                console.MarkupLineInterpolated($"[bold yellow]Careful:[/] this is the model before {request}, which still knows its records: the new one waits and is not served yet.");
        });
        return ExitCodes.Success;
    }
}
