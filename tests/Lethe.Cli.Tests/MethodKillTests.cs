using System.Text.Json;
using Lethe.Training.Runs;

namespace Lethe.Cli.Tests;

/// <summary>An edit and SISA, killed in the middle, go on to the same model.</summary>
public sealed class MethodKillTests(TinyRun tiny)
{
    private const int KillsOfEach = 3;

    [Fact]
    public void A_killed_edit_goes_on_with_the_next_phase()
    {
        string[] options = ["--method", "amnesiac", "--epochs", "60"];
        string undisturbed = tiny.CopyRun(), run = tiny.CopyRun();
        var before = State(run);
        string expected = After(CliProcess.Run(Forget(undisturbed, options)).Exits(0));
        KillInTheMiddle(run, Forget(run, options), before);
        Assert.Equal(expected, After(CliProcess.Run(Forget(run, options)).Exits(0)));
    }

    [Fact]
    public void A_killed_sisa_forget_goes_on_with_the_next_slice()
    {
        string trained = tiny.Fresh();
        CliProcess.Run(
            "train", "--scheme", "sisa", "--shards", "2", "--slices", "4", "--data", tiny.Source, "--model", "mlp", "--model-option", "hidden=8", "--batch-size", "2",
            "--epochs", "40", "--threads", "1", "--quiet", "--out", trained).Exits(0);
        string undisturbed = TinyRun.Copy(trained, tiny.Fresh()), run = TinyRun.Copy(trained, tiny.Fresh());
        string expected = After(CliProcess.Run(Forget(undisturbed, [])).Exits(0));
        KillInTheMiddle(run, Forget(run, []), State(run));
        Assert.Equal(expected, After(CliProcess.Run(Forget(run, [])).Exits(0)));
    }

    /// <summary>Kills the command right after it has saved steps, one more each time.</summary>
    private static void KillInTheMiddle(string run, string[] arguments, RunIndex before)
    {
        string progress = Path.Combine(run, "requests", "request-0001", "progress.json");
        for (int kill = 0; kill < KillsOfEach; kill++)
        {
            var saved = File.Exists(progress) ? File.GetLastWriteTimeUtc(progress) : default;
            using var process = CliProcess.Start(arguments);
            while (!process.WaitForExit(TimeSpan.FromMilliseconds(1)) && (!File.Exists(progress) || File.GetLastWriteTimeUtc(progress) == saved))
            {
            }

            Assert.False(process.HasExited, "the forget was too quick to be killed");
            process.Kill();
            process.WaitForExit();
            var now = State(run);
            Assert.Equal((before.Generation, before.Served), (now.Generation, now.Served));
            Assert.True(File.Exists(progress));
            Assert.Empty(new LetheEngine().Inspect(run, searchResidue: true, cancellation: TestContext.Current.CancellationToken).Residue!.Found);
        }
    }

    private static string[] Forget(string run, string[] options) => ["forget", run, "--subjects", "p3", "--no-measure", "--quiet", "--json", .. options];

    private static string After(CliResult result) => JsonDocument.Parse(result.Output).RootElement.GetProperty("after").GetString()!;

    private static RunIndex State(string run)
    {
        using var opened = Run.Open(run, writable: false);
        return opened.Index;
    }
}
