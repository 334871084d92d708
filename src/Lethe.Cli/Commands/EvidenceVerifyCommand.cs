using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Core.Evidence;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe evidence verify BUNDLE</c>; the program <c>lethe-evidence</c> does and prints the same.</summary>
internal sealed class EvidenceVerifyCommand : Command, IExplained
{
    private readonly Argument<string> _bundle = new("BUNDLE") { Description = "The folder that `lethe evidence issue` or `export` made." };
    private readonly Option<string?> _run = new("--run") { Description = "The run directory: compares the certificate with the run's own files.", HelpName = "RUN" };
    private readonly Option<string?> _trust = new("--trust") { Description = "The issuer's public key, got by another way than the certificate.", HelpName = "PUBLIC.pem" };

    public EvidenceVerifyCommand() : base("verify", "Verifies a certificate and says what it does not prove.")
    {
        Arguments.Add(_bundle);
        Options.Add(_run);
        Options.Add(_trust);
        SetAction(parsed => Run(parsed));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "lethe evidence verify certificate --trust signing.pem.pub.pem",
        "lethe evidence verify run/certificates/request-0001-0004 --run run --trust signing.pem.pub.pem",
    ];

    public string Notes => """
        The exit code is 4 if anything was changed, left out or replaced, if the key is not the trusted one, or if --run is another run; only
        certificate.html, which shows the signed files, and a person's proof.json may be missing. 3: there is no certificate or no run. Without --trust the key is
        unknown: the conclusion is then WHOLE, SIGNER UNKNOWN instead of GENUINE, and the exit code 0. The small program lethe-evidence does the same without libtorch.
        """;

    private int Run(ParseResult parsed)
    {
        var found = CertificateVerifier.Verify(parsed.GetRequiredValue(_bundle), parsed.GetValue(_run), parsed.GetValue(_trust));
        Console.Out.Write(parsed.GetValue(CommonOptions.Json) ? found.ToJson() : found.ToText());
        return found.Holds ? ExitCodes.Success : ExitCodes.Damaged;
    }
}
