using System.CommandLine;

namespace Lethe.Cli.CommandLine;

/// <summary>Options and arguments that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json { get; } = new("--json") { Description = "Print the result as JSON on stdout, and nothing else there.", Recursive = true };

    public static Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Show no progress.", Recursive = true };

    public static Option<ulong> Seed(string what) => new("--seed") { Description = what, DefaultValueFactory = _ => 1 };

    public static Option<int> Threads() => new("--threads")
    {
        Description = "Compute threads. The bits of a run depend on it.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    public static Option<bool> ForceProfile() => new("--force-profile")
    {
        Description = "Go on although this machine computes other bits than the one that trained the run.",
    };

    public static Option<string?> Policy(string what) => new("--policy") { Description = $"{what} `lethe policy` prints the default.", HelpName = "FILE" };

    public static Argument<string> Run() => new("RUN") { Description = "The run directory that `lethe train` made." };

    public static Option<bool> SecureErase() => new("--secure-erase")
    {
        Description = "Overwrite what is destroyed before it is removed. Copy-on-write file systems, journals and SSDs may keep old blocks all the same.",
    };

    public static Option<string?> ShadowStore() => new("--shadow-store")
    {
        Description = "Keep what shadow models say in this directory, which several runs may share and no promotion destroys; by default in the run.",
        HelpName = "DIR",
    };

    public static Option<bool> RetrainForgotten() => new("--retrain-forgotten")
    {
        Description = "Train shadow models although the request is promoted: half of them learn records again that the run has forgotten.",
    };

    public static Option<int?> ShadowProcesses() => new("--processes")
    {
        Description = "Shadow models trained at the same time; by default as many as cores and memory allow.",
        HelpName = "N",
    };
}
