using System.Diagnostics;
using System.Text.Json;
using Lethe.Training.Runs;

namespace Lethe.Cli.Tests;

/// <summary>SIGKILL at any moment costs time and nothing else.</summary>
public sealed class KillTests(TinyRun tiny)
{
    private const int Blocks = 40;
    private const int KillsARun = 10;
    private const string Records = "3,77,120";

    [Fact]
    public void Killed_training_goes_on_to_the_same_bytes_and_killed_forgetting_too()
    {
        string trained = tiny.Fresh();
        var clock = Stopwatch.StartNew();
        var undisturbed = CliProcess.Run(Train(trained)).Exits(0);
        Training(clock.Elapsed, DigestOf(undisturbed));

        string forgotten = TinyRun.Copy(trained, tiny.Fresh());
        clock.Restart();
        CliProcess.Run(Forget(forgotten)).Exits(0);
        Forgetting(clock.Elapsed, trained, ModelOf(forgotten), DigestOf(undisturbed));
    }

    private void Training(TimeSpan duration, string digest)
    {
        int kills = 0;
        for (ulong seed = 1; kills < KillMoments.Wanted; seed++)
        {
            string run = tiny.Fresh();
            var moments = new KillMoments(seed, duration, () => Objects(run), () => File.Exists(Path.Combine(run, "index.json")), () => Objects(run) > Blocks / 2, () => Objects(run) > Blocks);
            CliResult? result = null;
            for (int attempt = 0; result is null; attempt++)
            {
                string[] arguments = File.Exists(Path.Combine(run, "index.json")) ? ["train", "--resume", run, "--json", "--quiet"] : Train(run);
                result = moments.Kills < KillsARun ? moments.Run(moments.Next(attempt), arguments) : CliProcess.Run(arguments);
                RequireUndamaged(run);
            }

            Assert.Equal(digest, DigestOf(result.Exits(0)));
            Assert.Equal(digest, ModelOf(run));
            Assert.Empty(Leftovers(run));
            kills += moments.Kills;
        }
    }

    private void Forgetting(TimeSpan duration, string trained, string digest, string original)
    {
        int kills = 0;
        string last = trained;
        for (ulong seed = 101; kills < KillMoments.Wanted; seed++)
        {
            string run = TinyRun.Copy(trained, tiny.Fresh());
            string request = Path.Combine(run, "requests", "request-0001");
            var moments = new KillMoments(
                seed, duration, () => Objects(run),
                () => Directory.Exists(request), () => File.Exists(Path.Combine(request, "progress.json")), () => Directory.Exists(request) && Directory.GetFiles(request, "*.next").Length > 0);
            CliResult? result = null;
            for (int attempt = 0; result is null; attempt++)
            {
                result = moments.Kills < KillsARun ? moments.Run(moments.Next(attempt), Forget(run)) : CliProcess.Run(Forget(run));
                RequireUndamaged(run);
            }

            // A process that was killed after its last step has nothing left to do for the next one.
            if (result.ExitCode == 3)
                result.FailsCleanly(3, "already");
            else
                Assert.Equal(digest, JsonDocument.Parse(result.Exits(0).Output).RootElement.GetProperty("after").GetString());
            Assert.Equal(digest, ModelOf(run));
            Assert.Empty(Leftovers(run));
            Assert.False(File.Exists(Path.Combine(run, "objects", original[..2], original[2..])));
            Assert.Contains("<svg", File.ReadAllText(Path.Combine(request, "report.html")), StringComparison.Ordinal);
            Assert.Single(Directory.GetDirectories(Path.Combine(run, "requests")));
            Assert.Empty(new LetheEngine().Inspect(run, searchResidue: true).Residue!.Found);
            kills += moments.Kills;
            last = run;
        }

        CliProcess.Run("inspect", last).Exits(0);
        CliProcess.Run("inspect", last, "--residue", "--quiet").Exits(0);
    }

    private string[] Train(string run) =>
    [
        "train", "--data", tiny.Source, "--model", "mlp", "--model-option", "hidden=8", "--blocks", $"{Blocks}", "--epochs-per-block", "10", "--batch-size", "2",
        "--threads", "1", "--json", "--quiet", "--out", run,
    ];

    private static string[] Forget(string run) => ["forget", run, "--records", Records, "--min-blocks", "20", "--serve", "--json", "--quiet"];

    private static string DigestOf(CliResult result) => JsonDocument.Parse(result.Output).RootElement.GetProperty("digest").GetString()!;

    private static string ModelOf(string run)
    {
        using var opened = Run.Open(run, writable: false);
        return opened.Index.Served!.Value.ToString();
    }

    private static int Objects(string run) =>
        Directory.Exists(Path.Combine(run, "objects")) ? Directory.GetFiles(Path.Combine(run, "objects"), "*", SearchOption.AllDirectories).Length : 0;

    /// <summary>Whatever the index names is there and has the digest in its name.</summary>
    private static void RequireUndamaged(string run)
    {
        if (!File.Exists(Path.Combine(run, "index.json")))
            return;
        using var opened = Run.Open(run, writable: false);
        foreach (var digest in opened.Index.References())
            opened.Store.Get(digest);
    }

    private static string[] Leftovers(string run)
    {
        using var opened = Run.Open(run, writable: false);
        var needed = opened.Index.References().Select(digest => digest.ToString()).ToHashSet();
        string objects = Path.Combine(run, "objects");
        return
        [
            .. Directory.GetFiles(run, "*", SearchOption.AllDirectories).Where(path =>
                path.StartsWith(objects, StringComparison.Ordinal)
                    ? !needed.Contains(Path.GetRelativePath(objects, path).Replace("/", "", StringComparison.Ordinal))
                    : path.EndsWith(".tmp", StringComparison.Ordinal) || path.EndsWith(".next", StringComparison.Ordinal) || Path.GetFileName(path) is "pins" or "progress.json"),
        ];
    }
}
