using System.Diagnostics;

namespace Lethe.Tests.Import;

/// <summary>Runs tests/reference/script_models.py, which makes and reads models of python3-torch.</summary>
internal static class ScriptModels
{
    private static readonly string s_python =
        Environment.GetEnvironmentVariable("LETHE_PYTHON") ?? (File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3");

    /// <summary>Runs the script; status −1 where there is no Python.</summary>
    public static (int Status, string Output, string Error) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(s_python, [Path.Combine(AppContext.BaseDirectory, "script_models.py"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (-1, "", missing.Message);
        }
    }
}
