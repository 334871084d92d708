using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;
using Lethe.Core.Signing;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe evidence rotate RUN</c>.</summary>
internal sealed class EvidenceRotateCommand : Command, IExplained
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<string?> _key = SigningKey.Option();
    private readonly Option<string> _to = new("--to") { Description = "The key that signs from now on.", Required = true, HelpName = "FILE" };

    public EvidenceRotateCommand() : base("rotate", "Hands the right to sign a run's certificates to another key.")
    {
        Arguments.Add(_run);
        Options.Add(_key);
        Options.Add(_to);
        SetAction(parsed => Run(parsed));
    }

    public IReadOnlyList<string> Examples { get; } = ["lethe evidence rotate run --key signing.pem --to next.pem"];

    public string Notes => $"""
        Both keys sign the ledger's entry, so that whoever trusts the old one can trust the new one. {SigningVariables.Passphrase} unlocks
        the old key, {SigningVariables.NextPassphrase} the new one where it differs.
        """;

    private int Run(ParseResult parsed)
    {
        using var from = SigningKey.Open(parsed.GetValue(_key));
        using var to = SigningKey.OpenNext(parsed.GetRequiredValue(_to));
        new Screen(parsed).Result(new LetheEngine().RotateKey(parsed.GetRequiredValue(_run), from, to), EvidenceText.PrintRotation);
        return ExitCodes.Success;
    }
}
