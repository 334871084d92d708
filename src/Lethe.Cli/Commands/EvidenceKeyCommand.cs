using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;
using Lethe.Core.Signing;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe evidence key new FILE</c>.</summary>
internal sealed class EvidenceKeyCommand : Command
{
    public EvidenceKeyCommand() : base("key", "Keys that sign certificates.") => Subcommands.Add(new NewCommand());

    private sealed class NewCommand : Command, IExplained
    {
        private readonly Argument<string> _file = new("FILE") { Description = "The private key's file, which must not exist yet; the public key goes beside it, to FILE.pub.pem." };

        public NewCommand() : base("new", "Makes a key on the curve P-256.")
        {
            Arguments.Add(_file);
            SetAction(parsed => Run(parsed));
        }

        public IReadOnlyList<string> Examples { get; } = ["lethe evidence key new signing.pem", "LETHE_SIGNING_PASSPHRASE=… lethe evidence key new signing.pem"];

        public string Notes => $"""
            With {SigningVariables.Passphrase} set the file is encrypted with that passphrase. Keep it away from the runs: whoever has both can
            write a run's history anew. A place inside a run or a certificate is refused. Publish the public key where auditors find it without asking you.
            """;

        private int Run(ParseResult parsed)
        {
            var file = parsed.GetRequiredValue(_file);
            var passphrase = SigningKey.Passphrase;
            var key = EcdsaKeyFile.Create(file, passphrase);
            var made = new { file = Path.GetFullPath(file), publicKey = Path.GetFullPath(EcdsaKeyFile.PublicPathOf(file)), key = key.Id, encrypted = !string.IsNullOrEmpty(passphrase) };
            new Screen(parsed).Result(made, (console, result) => EvidenceText.PrintKey(console, result.file, result.publicKey, result.key, result.encrypted));
            return ExitCodes.Success;
        }
    }
}
