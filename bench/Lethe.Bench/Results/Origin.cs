using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

using Lethe.Torch;

namespace Lethe.Bench.Results;

/// <summary>Where figures come from.</summary>
/// <param name="Commit">The commit of the checkout, with <c>-dirty</c> when tracked files other than results were changed; <c>unknown</c> outside a checkout.</param>
/// <param name="Command">The command line.</param>
/// <param name="Machine">Processor, cores, compute threads and library versions.</param>
internal sealed record Origin(string Commit, string Command, string Machine)
{
    /// <summary>Of a suite that starts now.</summary>
    public static Origin Of(BenchContext context) => new(CheckedOut(), context.Command, MachineWith(context.Threads, context.Device));

    /// <summary>Of figures that were measured in parts: command and commit of each in turn, and the machine once where it is the same.</summary>
    public static Origin Join(IReadOnlyCollection<Origin> parts) => new(
        string.Join("; ", parts.Select(static part => part.Commit)),
        string.Join("; ", parts.Select(static part => part.Command)),
        string.Join("; ", parts.Select(static part => part.Machine).Distinct()));

    /// <summary>The last line of a page.</summary>
    public string Line => $"\n---\nCommand: `{Command}` · commit `{Commit}` · {Machine}\n";

    private static string CheckedOut()
    {
        var hash = Git("rev-parse", "HEAD");
        return hash is null ? "unknown" : Git("status", "--porcelain", "--untracked-files=no", "--", ":/", ":(top,exclude)docs/results") is { Length: > 0 } ? hash + "-dirty" : hash;
    }

    private static string MachineWith(int threads, string device) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor()}, {Environment.ProcessorCount} cores, {threads} threads, libtorch {torch.version} ({torch.cpu_capability}), {RuntimeInformation.FrameworkDescription}{(device == "cpu" ? "" : $", {device}")}");

    private static string Processor() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
              ?? RuntimeInformation.ProcessArchitecture.ToString()
            : RuntimeInformation.ProcessArchitecture.ToString();

    private static string? Git(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory });
            var output = process!.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
