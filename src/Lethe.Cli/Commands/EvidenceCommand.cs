using System.CommandLine;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe evidence</c>: what a third party can check.</summary>
internal sealed class EvidenceCommand : Command
{
    public EvidenceCommand() : base("evidence", "Proves what was done, so that others need not believe it.")
    {
        Subcommands.Add(new EvidenceKeyCommand());
        Subcommands.Add(new EvidenceIssueCommand());
        Subcommands.Add(new EvidenceShowCommand());
        Subcommands.Add(new EvidenceVerifyCommand());
        Subcommands.Add(new EvidenceExportCommand());
        Subcommands.Add(new EvidenceRotateCommand());
        Subcommands.Add(new EvidenceReplayCommand());
    }
}
