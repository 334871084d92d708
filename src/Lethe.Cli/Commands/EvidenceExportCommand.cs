using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;
using Lethe.Core.Errors;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe evidence export RUN</c>.</summary>
internal sealed class EvidenceExportCommand : Command, IExplained
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<string> _out = new("--out", "-o") { Description = "The folder to write, which must not exist yet; one for each person or auditor, outside of the run.", DefaultValueFactory = _ => "certificate", HelpName = "DIR" };
    private readonly Option<string?> _request = new("--request") { Description = "The request whose newest certificate is meant; without this option the request that forgot the named records, or the newest certificate of all.", HelpName = "ID" };
    private readonly Option<string?> _subject = new("--subject") { Description = "Adds a person's own proof, for that person alone.", HelpName = "NAME" };
    private readonly Option<string?> _records = new("--records") { Description = "Adds the proof for these forgotten records.", HelpName = "17,23" };

    public EvidenceExportCommand() : base("export", "Copies a certificate to a folder of its own, for an auditor or for a person whose records were forgotten.")
    {
        Arguments.Add(_run);
        foreach (Option option in new Option[] { _out, _request, _subject, _records })
            Options.Add(option);
        SetAction(parsed => Run(parsed));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "lethe evidence export run --out certificate",
        "lethe evidence export run --subject anna --out for-anna",
        "lethe evidence export run --request request-0001 --records 17,23 --out proof",
    ];

    public string Notes => """
        A proof shows that the records are not among those that training may still read, and that the request asked to forget them. It names
        record numbers: give it to the person concerned, not to others.
        """;

    private int Run(ParseResult parsed)
    {
        string? subject = parsed.GetValue(_subject), records = parsed.GetValue(_records);
        if (subject is not null && records is not null)
            throw new UsageException("Give one of --subject and --records.");
        var selection = subject is null && records is null ? null : new RecordSelection { Subjects = subject, Records = records };
        var exported = new LetheEngine().ExportCertificate(parsed.GetRequiredValue(_run), parsed.GetValue(_request), selection, parsed.GetRequiredValue(_out));
        new Screen(parsed).Result(exported, EvidenceText.PrintExported);
        return ExitCodes.Success;
    }
}
