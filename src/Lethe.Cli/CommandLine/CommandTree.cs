using System.CommandLine;
using Lethe.Cli.Commands;

namespace Lethe.Cli.CommandLine;

/// <summary>The whole command tree.</summary>
internal static class CommandTree
{
    public static RootCommand Create()
    {
        var root = new LetheRootCommand();
        root.Options.Add(CommonOptions.Json);
        root.Options.Add(CommonOptions.Quiet);
        root.Subcommands.Add(new DemoCommand());
        root.Subcommands.Add(new DataCommand());
        root.Subcommands.Add(new TrainCommand());
        root.Subcommands.Add(new MethodsCommand());
        root.Subcommands.Add(new ImportCommand());
        root.Subcommands.Add(new PlanCommand());
        root.Subcommands.Add(new ForgetCommand());
        root.Subcommands.Add(new VerifyCommand());
        root.Subcommands.Add(new PromoteCommand());
        root.Subcommands.Add(new WithdrawCommand());
        root.Subcommands.Add(new PolicyCommand());
        root.Subcommands.Add(new EvidenceCommand());
        root.Subcommands.Add(new ShadowsCommand());
        root.Subcommands.Add(new InspectCommand());
        root.Subcommands.Add(new ExportCommand());
        root.Subcommands.Add(new BenchCommand());
        root.Subcommands.Add(new CompletionCommand());
        root.Subcommands.Add(new ShardWorkerCommand());
        root.Subcommands.Add(new ShadowWorkerCommand());
        ExamplesHelpAction.Install(root);
        return root;
    }

    private sealed class LetheRootCommand() : RootCommand("Trains networks that can forget: train, forget records or people, verify against retraining, report."), IExplained
    {
        public IReadOnlyList<string> Examples { get; } =
        [
            "lethe demo",
            "lethe train --data fashion-mnist --model lenet5 --out run",
            "lethe forget run --records 17,23,40-50",
            "lethe verify run --promote",
        ];

        public string Notes => """
            Exit codes: 0 done, 1 failed, 2 wrong usage, 3 bad data, or the run does not allow it now, 4 damaged store or residue found, 5 a new model waits because a check or its verdict speaks against it, 130 stopped by Ctrl-C.
            """;
    }
}
