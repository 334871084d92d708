using System.Diagnostics;
using System.Text.Json;

using Lethe.Core.Errors;

namespace Lethe.Bench;

/// <summary>Runs a committed PyTorch script of bench/reference and reads the JSON line that it prints.</summary>
internal static class PythonScript
{
    /// <summary>Runs a script to its end.</summary>
    /// <param name="name">Its file name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellation">Kills it.</param>
    /// <exception cref="BadDataException">There is no Python with torch and torchvision, or the script is missing.</exception>
    public static JsonElement Run(string name, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Interpreter(), [Find(name), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var registration = cancellation.Register(process.Kill);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? JsonDocument.Parse(output).RootElement
            : throw new BadDataException($"The PyTorch reference {name} failed: {LastLine(errors.Result)}. Install python3-torch and python3-torchvision, or name another interpreter in LETHE_PYTHON.");
    }

    private static string Interpreter() =>
        Environment.GetEnvironmentVariable("LETHE_PYTHON") ?? (File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3");

    private static string Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "bench", "reference", name);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new BadDataException($"bench/reference/{name} was not found above the program. Run the suite from a checkout.");
    }

    private static string LastLine(string text) => text.Trim().Split('\n')[^1];
}
