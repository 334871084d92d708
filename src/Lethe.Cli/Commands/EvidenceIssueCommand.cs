using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe evidence issue RUN</c>.</summary>
internal sealed class EvidenceIssueCommand : Command, IExplained
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<string?> _request = new("--request") { Description = "The served request; the newest without this option.", HelpName = "ID" };
    private readonly Option<string?> _key = SigningKey.Option();

    public EvidenceIssueCommand() : base("issue", "Signs a certificate for a served request and records it in the run's ledger.")
    {
        Arguments.Add(_run);
        Options.Add(_request);
        Options.Add(_key);
        SetAction(parsed => Run(parsed));
    }

    public IReadOnlyList<string> Examples { get; } = ["lethe evidence issue run --key signing.pem", "lethe evidence issue run --request request-0002 --key signing.pem"];

    public string Notes => """
        The certificate holds digests, counts and the verdict, no name and no record number. A verdict comes first: without `lethe verify` the
        certificate says that forgetting was not measured. The first certificate fixes the run's key; `lethe evidence rotate` replaces it.
        """;

    private int Run(ParseResult parsed)
    {
        using var key = SigningKey.Open(parsed.GetValue(_key));
        var summary = new LetheEngine().IssueCertificate(parsed.GetRequiredValue(_run), parsed.GetValue(_request), key);
        new Screen(parsed).Result(summary, (console, certificate) => EvidenceText.PrintIssued(console, certificate, SigningKey.FileOf(parsed.GetValue(_key))));
        return ExitCodes.Success;
    }
}
