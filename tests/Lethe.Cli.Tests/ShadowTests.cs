using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;

namespace Lethe.Cli.Tests;

/// <summary>Shadow models through the program: in one process and in several, killed and gone on with.</summary>
public sealed class ShadowTests(TinyRun tiny)
{
    private static string? s_forgotten;
    private static Dictionary<string, string>? s_expected;

    [Fact]
    public void Several_processes_keep_the_same_bytes_as_one()
    {
        string several = tiny.Fresh(), run = Forgotten();
        using var told = JsonDocument.Parse(CliProcess.Run("shadows", run, "--shadows", "3", "--processes", "2", "--shadow-store", several, "--json").Exits(0).Output);
        Assert.Equal(6, told.RootElement.GetProperty("trained").GetInt32());
        Assert.Equal("request-0001", told.RootElement.GetProperty("request").GetString());
        Assert.Equal(Expected(), Contents(several));

        using var again = JsonDocument.Parse(CliProcess.Run("shadows", run, "--shadows", "3", "--shadow-store", several, "--json").Exits(0).Output);
        Assert.Equal(0, again.RootElement.GetProperty("trained").GetInt32());
        Assert.False(Directory.Exists(Path.Combine(run, "shadows")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_killed_farm_goes_on_to_the_same_bytes(int processes)
    {
        string store = tiny.Fresh(), run = Forgotten();
        using (var farm = CliProcess.Start("shadows", run, "--shadows", "3", "--processes", $"{processes}", "--shadow-store", store, "--quiet"))
        {
            while (!farm.HasExited && !(Directory.Exists(store) && Directory.EnumerateFiles(store, "*.safetensors").Any())) Thread.Sleep(1);
            farm.Kill();
            farm.WaitForExit();
        }

        SpinWait.SpinUntil(() => !HasWorkers(store), TimeSpan.FromMinutes(1));
        CliProcess.Run("shadows", run, "--shadows", "3", "--processes", $"{processes}", "--shadow-store", store, "--quiet").Exits(0);
        Assert.Equal(Expected(), Contents(store));
    }

    [Fact]
    public void A_price_trains_nothing_and_a_run_that_forgot_nothing_is_refused()
    {
        string run = Forgotten();
        Assert.Contains("6 of 6 shadow models to train", CliProcess.Run("shadows", run, "--shadows", "3", "--price", "--quiet").Exits(0).Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(run, "shadows")));
        CliProcess.Run("shadows", tiny.CopyRun(), "--quiet").FailsCleanly(3, "forgotten nothing yet");
        CliProcess.Run("shadows", run, "--shadows", "1", "--quiet").FailsCleanly(2, "--shadows 1");
        CliProcess.Run("shadows", run, "--processes", "0", "--quiet").FailsCleanly(2, "--processes 0");
    }

    [Fact]
    public void Verify_attacks_the_candidate_with_them_and_its_promotion_leaves_nothing_of_them()
    {
        string run = TinyRun.Copy(Forgotten(), tiny.Fresh());
        using var told = JsonDocument.Parse(CliProcess.Run("verify", run, "--gold-seeds", "3", "--shadows", "3", "--processes", "1", "--json").Exits(0).Output);
        var rows = told.RootElement.GetProperty("measures").EnumerateArray().ToDictionary(row => row.GetProperty("name").GetString()!);
        foreach (string name in new[] { "U-LiRA: attack accuracy", "U-LiRA after forgetting: AUC", "U-LiRA: AUC", "RMIA: AUC", "RMIA: TPR at 1 % FPR" })
        {
            Assert.InRange(rows[name].GetProperty("original").GetDouble(), 0, 1);
            Assert.InRange(rows[name].GetProperty("unlearned").GetDouble(), 0, 1);
            Assert.InRange(rows[name].GetProperty("gold").GetProperty("mean").GetDouble(), 0, 1);
        }

        Assert.True(rows.ContainsKey("DUCI: fraction still in"));
        Assert.Contains(told.RootElement.GetProperty("remarks").EnumerateArray(), remark => remark.GetString()!.Contains("KLOM were not computed", StringComparison.Ordinal));
        Assert.Contains("\"u-lira\"", File.ReadAllText(Path.Combine(run, "requests", "request-0001", "verdict.json")), StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(run, "shadows")));
        CliProcess.Run("promote", run, "--override", "a test").Exits(0);
        Assert.False(Directory.Exists(Path.Combine(run, "shadows")));
        CliProcess.Run("verify", run, "--processes", "2", "--quiet").FailsCleanly(2, "--shadows N");
        CliProcess.Run("verify", run, "--shadows", "2", "--quiet").FailsCleanly(2, "--shadows 2", "at least 3 pairs");
    }

    [Fact]
    public void A_promoted_request_is_not_learned_again_unless_that_is_asked_for()
    {
        string run = TinyRun.Copy(Forgotten(), tiny.Fresh()), folder = Path.Combine(run, "shadows"), store = tiny.Fresh();
        CliProcess.Run("promote", run, "--override", "a test").Exits(0);
        CliProcess.Run("shadows", run, "--shadows", "3", "--quiet").FailsAtOnce(3, "request-0001 is promoted", "lethe forget", "--retrain-forgotten");
        CliProcess.Run("verify", run, "--gold-seeds", "2", "--shadows", "3", "--quiet").FailsAtOnce(3, "request-0001 is promoted", "--retrain-forgotten");
        CliProcess.Run("verify", run, "--retrain-forgotten", "--quiet").FailsCleanly(2, "--shadows N");
        Assert.False(Directory.Exists(folder) || Directory.Exists(Path.Combine(run, "gold")));
        CliProcess.Run("shadows", run, "--shadows", "3", "--processes", "1", "--retrain-forgotten", "--shadow-store", store, "--quiet").Exits(0);
        CliProcess.Run("verify", run, "--gold-seeds", "2", "--shadows", "3", "--shadow-store", store, "--quiet").Exits(0);

        Directory.CreateDirectory(Path.Combine(folder, "work", "key"));
        File.WriteAllText(Path.Combine(folder, "work", "key", "run.json"), "of a process that was killed");
        CliProcess.Run("inspect", run, "--residue", "--quiet").Exits(0);
        Assert.False(Directory.Exists(Path.Combine(folder, "work")));
        CliProcess.Run("verify", run, "--gold-seeds", "2", "--shadows", "3", "--processes", "1", "--retrain-forgotten", "--quiet").Exits(0);
        Assert.False(Directory.Exists(folder));
    }

    private string Forgotten()
    {
        if (s_forgotten is null)
        {
            string run = tiny.CopyRun();
            CliProcess.Run("forget", run, "--subjects", "p3,p7,p9", "--quiet").Exits(0);
            s_forgotten = run;
        }

        return s_forgotten;
    }

    /// <summary>What one process keeps.</summary>
    private Dictionary<string, string> Expected()
    {
        if (s_expected is null)
        {
            string store = tiny.Fresh();
            CliProcess.Run("shadows", Forgotten(), "--shadows", "3", "--processes", "1", "--shadow-store", store, "--quiet").Exits(0);
            s_expected = Contents(store);
            Assert.InRange(s_expected.Count, 7, 12);
        }

        return s_expected;
    }

    private static Dictionary<string, string> Contents(string store) =>
        Directory.EnumerateFiles(store).ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));

    private static bool HasWorkers(string store) => Process.GetProcesses().Any(process =>
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(store, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    });
}
