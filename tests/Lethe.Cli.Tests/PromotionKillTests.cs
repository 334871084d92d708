using System.Diagnostics;
using Lethe.Core.Ledgers;
using Lethe.Core.Numerics;
using Lethe.Core.Records;
using Lethe.Core.Verdicts;
using Lethe.Training.Runs;

namespace Lethe.Cli.Tests;

/// <summary>SIGKILL at 50 seeded random moments of verification, promotion and certification: either the old model is served and all of it is there, or the new one and nothing of the old.</summary>
public sealed class PromotionKillTests(TinyRun tiny)
{
    private const int Kills = 50, PendingKills = 4, Verification = 5, Certification = 6;
    private const string Person = "p3";
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(0.5);
    private readonly LetheEngine _engine = new();

    [Fact]
    public void A_promotion_that_is_killed_is_either_not_begun_or_done()
    {
        string prepared = tiny.CopyRun();
        CliProcess.Run("forget", prepared, "--subjects", Person, "--quiet", "--no-measure").Exits(0);
        Directory.CreateDirectory(Path.Combine(prepared, "shadows"));
        File.WriteAllText(Path.Combine(prepared, "shadows", Digest.OfText("a model") + ".safetensors"), "answers of a model that learned the records");
        string key = Path.Combine(tiny.Root, "kill.pem");
        CliProcess.Run("evidence", "key", "new", key).Exits(0);
        var held = new Prepared(prepared);
        string undisturbed = TinyRun.Copy(prepared, tiny.Fresh());
        var clock = Stopwatch.StartNew();
        CliProcess.Run(Promote(undisturbed)).Exits(0);
        var duration = clock.Elapsed;
        Assert.True(IsPromoted(undisturbed, held));

        var random = new CounterRandom(41, 0x9307);
        string run = TinyRun.Copy(prepared, tiny.Fresh());
        int kills = 0, after = 0;
        for (int attempt = 0; kills < Kills; attempt++)
        {
            Assert.True(attempt < 4 * Kills, $"only {kills} kills in {attempt} attempts");
            int kind = attempt % 6;
            string[] arguments = kind == Verification ? ["verify", run, "--gold-seeds", "3", "--promote", "--quiet"] : Promote(run);
            kills += Kill(run, arguments, kind, random.NextDouble(), duration) ? 1 : 0;
            if (!IsPromoted(run, held))
                continue;
            after++;
            kills += Kill(run, ["evidence", "issue", run, "--key", key, "--quiet"], Certification, random.NextDouble(), duration) ? 1 : 0;
            Assert.True(IsPromoted(run, held));
            Directory.Delete(run, recursive: true);
            run = TinyRun.Copy(prepared, tiny.Fresh());
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {after} after the commit, undisturbed {duration.TotalMilliseconds:F0} ms");
        CliProcess.Run(Promote(run)).Exits(0);
        Assert.True(IsPromoted(run, held));
    }

    [Fact]
    public void A_verification_that_is_killed_between_policy_and_verdict_leaves_a_whole_pair()
    {
        string run = tiny.CopyRun(), folder = Path.Combine(run, "requests", "request-0001"), pending = Path.Combine(folder, VerificationPolicy.PendingVerdictFileName);
        CliProcess.Run("forget", run, "--subjects", Person, "--quiet").Exits(0);
        string[] policies = [tiny.Fresh(), tiny.Fresh()];
        File.WriteAllText(policies[0], """{"alpha":0.01}""");
        File.WriteAllText(policies[1], """{"alpha":0.05}""");
        string[] Verify(int policy) => ["verify", run, "--gold-seeds", "3", "--policy", policies[policy], "--quiet"];
        CliProcess.Run(Verify(0)).Exits(0);
        for (int kill = 1; kill <= PendingKills; kill++)
        {
            using var process = CliProcess.Start(Verify(kill % 2));
            while (!File.Exists(pending) && !process.WaitForExit(s_poll))
            {
            }

            process.Kill();
            process.WaitForExit();
            CliProcess.Run("inspect", run, "--residue", "--quiet").Exits(0);
            var verdict = Verdict.FromJson(File.ReadAllText(Path.Combine(folder, Verdict.FileName)));
            Assert.Equal(verdict.Policy, VerificationPolicy.FromJson(File.ReadAllText(Path.Combine(folder, VerificationPolicy.VerdictFileName))).Digest);
            Assert.False(File.Exists(pending));
        }
    }

    /// <summary>Checks the state in which the run was left, and tells which it is.</summary>
    private bool IsPromoted(string run, Prepared held)
    {
        using (var opened = Run.Open(run, writable: false))
            Assert.Contains(opened.Index.Served!.Value, new[] { held.Original, held.Candidate });
        var overview = _engine.Inspect(run, searchResidue: true, cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(overview.Residue!.Found);
        using var left = Run.Open(run, writable: false);
        LedgerEventKind[] told = [.. LedgerFile.Read(run).Entries.Where(entry => entry.Event.Request == "request-0001").Select(entry => entry.Event.Kind)];
        Assert.Equal(overview.Model == held.Candidate ? 1 : 0, told.Count(kind => kind == LedgerEventKind.Promoted));
        Assert.Equal(left.Index.History.Count, told.Count(kind => kind == LedgerEventKind.Promoted));
        Assert.Equal(1, told.Count(kind => kind == LedgerEventKind.Accepted));
        if (overview.Model == held.Original)
        {
            Assert.Equal(RequestState.Candidate, Assert.Single(overview.Requests).State);
            foreach (var digest in held.All)
                left.Store.Get(digest);
            Assert.True(Directory.Exists(Path.Combine(run, "shadows")));
            return false;
        }

        Assert.Equal(held.Candidate, overview.Model);
        Assert.NotNull(Assert.Single(overview.History).Promotion);
        Assert.DoesNotContain(held.Old, left.Store.Contains);
        Assert.Equal(left.Index.References().Order(), left.Store.List().Order());
        Assert.False(Directory.Exists(Path.Combine(run, "shadows")));
        Assert.False(File.Exists(Path.Combine(run, "erasing")));
        Assert.True(File.Exists(Path.Combine(run, "requests", "request-0001", "report.html")));
        return true;
    }

    private static bool Kill(string run, string[] arguments, int kind, double share, TimeSpan duration)
    {
        string index = Path.Combine(run, "index.json"), result = Path.Combine(run, "requests", "request-0001", "result.json.next");
        var (before, staged) = (File.GetLastWriteTimeUtc(index), File.GetLastWriteTimeUtc(result));
        using var process = CliProcess.Start(arguments);
        Func<bool>? due = kind switch
        {
            0 or Verification or Certification => null,
            1 => () => File.Exists(Path.Combine(run, "erasing")),
            2 => () => File.GetLastWriteTimeUtc(result) != staged,
            _ => () => File.GetLastWriteTimeUtc(index) != before,
        };
        while (due is not null && !due() && !process.WaitForExit(s_poll))
        {
        }

        Thread.Sleep(due is null ? duration * share : TimeSpan.FromMilliseconds(share * share * 12));
        bool alive = !process.HasExited;
        if (alive)
            process.Kill();
        process.WaitForExit();
        return alive && process.ExitCode == 128 + 9;
    }

    private static string[] Promote(string run) => ["promote", run, "--override", "a test", "--by", "somebody", "--secure-erase", "--quiet"];

    private sealed class Prepared
    {
        public Prepared(string path)
        {
            using var run = Run.Open(path, writable: false);
            var next = run.Staged("request-0001")!;
            (Original, Candidate) = (run.Index.Served!.Value, next.Served!.Value);
            All = [.. run.Index.References(), .. next.References()];
            Old = [.. run.Index.References().Except(next.References())];
        }

        public Digest Original { get; }

        public Digest Candidate { get; }

        public IReadOnlyList<Digest> All { get; }

        public IReadOnlyList<Digest> Old { get; }
    }
}
