using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

using Lethe.Torch;

namespace Lethe.Bench.Results;

/// <summary>What a figure depends on beside its inputs: the commit and the machine.</summary>
internal static class Origin
{
    /// <summary>The commit of the checkout, with <c>-dirty</c> when tracked files other than results were changed; <c>unknown</c> outside a checkout.</summary>
    public static string Commit()
    {
        var hash = Git("rev-parse", "HEAD");
        return hash is null ? "unknown" : Git("status", "--porcelain", "--untracked-files=no", "--", ":/", ":(top,exclude)docs/results") is { Length: > 0 } ? hash + "-dirty" : hash;
    }

    /// <summary>Processor, cores, compute threads and library versions in one line.</summary>
    public static string Machine(int threads) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor()}, {Environment.ProcessorCount} cores, {threads} threads, libtorch {torch.version} ({torch.cpu_capability}), {RuntimeInformation.FrameworkDescription}");

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
