using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

using Lethe.Core.Errors;

namespace Lethe.Bench.Engine;

/// <summary>Runs the committed PyTorch side of the engine benchmark (bench/reference/engine.py) and reads its figure.</summary>
internal static class PythonReference
{
    /// <summary>Images a second of one case.</summary>
    /// <exception cref="BadDataException">There is no Python with torch and torchvision, or the script is missing.</exception>
    public static double ImagesPerSecond(string name, int threads, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Interpreter(), [Script(), name, "--threads", threads.ToString(CultureInfo.InvariantCulture)])
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
            ? JsonDocument.Parse(output).RootElement.GetProperty("images_per_second").GetDouble()
            : throw new BadDataException($"The PyTorch reference '{name}' failed: {LastLine(errors.Result)}. Install python3-torch and python3-torchvision, or name another interpreter in LETHE_PYTHON.");
    }

    private static string Interpreter() =>
        Environment.GetEnvironmentVariable("LETHE_PYTHON") ?? (File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3");

    private static string Script()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "bench", "reference", "engine.py");
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new BadDataException("bench/reference/engine.py was not found above the program. Run the suite from a checkout.");
    }

    private static string LastLine(string text) => text.Trim().Split('\n')[^1];
}
