using System.Text.Json;
using Lethe.Training.Runs;

namespace Lethe.Cli.Tests;

/// <summary>Candidates: held, promoted, withdrawn.</summary>
public sealed class PromotionTests(TinyRun tiny)
{
    [Fact]
    public void A_held_candidate_leaves_the_served_model_and_all_its_objects_and_is_promoted_to_the_same_run_as_at_once()
    {
        string held = tiny.CopyRun(), atOnce = tiny.CopyRun();
        var before = State(held);
        string[] objects = Objects(held);
        var forgotten = Json(CliProcess.Run("forget", held, "--subjects", "p3", "--quiet", "--json").Exits(0));
        Assert.Equal("candidate", forgotten.GetProperty("state").GetString());
        Assert.Contains("No verdict", Assert.Single(forgotten.GetProperty("waits").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Equal(before.Served, State(held).Served);
        Assert.Equal(before.Generation, State(held).Generation);
        Assert.Subset(Objects(held).ToHashSet(), objects.ToHashSet());
        Assert.Contains("candidate (waits)", File.ReadAllText(forgotten.GetProperty("report").GetString()!), StringComparison.Ordinal);
        Assert.Contains("candidate", CliProcess.Run("inspect", held).Exits(0).Output, StringComparison.Ordinal);
        CliProcess.Run("inspect", held, "--residue", "--quiet").Exits(0);

        CliProcess.Run("forget", held, "--subjects", "p5", "--quiet").FailsCleanly(3, "request-0001 is not decided", "lethe withdraw");
        CliProcess.Run("forget", held, "--subjects", "p3", "--method", "retrain", "--quiet").FailsCleanly(3, "was begun with deep-obliviate", "retrain");
        string same = tiny.Fresh(), other = tiny.Fresh();
        CliProcess.Run("policy", "--out", same).Exits(0);
        File.WriteAllText(other, File.ReadAllText(same).Replace("\"promotion\": \"verdict\"", "\"promotion\": \"gate\"", StringComparison.Ordinal));
        Assert.NotEqual(File.ReadAllText(same), File.ReadAllText(other));
        CliProcess.Run("forget", held, "--subjects", "p3", "--policy", other, "--quiet").FailsCleanly(3, "waits under another policy", "lethe withdraw");
        CliProcess.Run("forget", held, "--subjects", "p3", "--policy", same, "--quiet").Exits(0);
        Assert.Equal("candidate", Json(CliProcess.Run("forget", held, "--subjects", "p3", "--quiet", "--json").Exits(0)).GetProperty("state").GetString());

        CliProcess.Run("promote", held, "--quiet").FailsAtOnce(5, "has no verdict", "lethe verify");
        CliProcess.Run("promote", held, "request-0007", "--override", "x").FailsAtOnce(3, "no request request-0007");
        CliProcess.Run("promote", held, "--by", "me").FailsAtOnce(2, "--override");
        var promoted = Json(CliProcess.Run("promote", held, "--override", "looked at it", "--by", "A. Miller", "--json").Exits(0));
        Assert.Equal("override", promoted.GetProperty("promotion").GetProperty("basis").GetString());
        CliProcess.Run("promote", held).FailsAtOnce(3, "nothing to promote");
        CliProcess.Run("promote", held, "request-0001").FailsAtOnce(3, "promoted already");
        CliProcess.Run("withdraw", held, "request-0001").FailsAtOnce(3, "cannot be taken back");

        Assert.Equal("promoted", Json(CliProcess.Run("forget", atOnce, "--subjects", "p3", "--serve", "--quiet", "--json").Exits(0)).GetProperty("state").GetString());
        Assert.Equal(State(atOnce).Served, State(held).Served);
        Assert.Equal(Objects(atOnce), Objects(held));
        Assert.Equal(new PromotionRecord(PromotionBasis.Gate, "unverified, passed the gate, by --serve", Environment.UserName), State(atOnce).History[0].Promotion);
        Assert.Equal(("looked at it", "A. Miller"), (State(held).History[0].Promotion!.Why, State(held).History[0].Promotion!.By));
        Assert.Equal(Files(atOnce), Files(held));
        CliProcess.Run("inspect", held, "--residue", "--quiet").Exits(0);
    }

    [Fact]
    public void A_withdrawn_request_leaves_the_run_as_it_was_and_its_number_is_not_used_again()
    {
        string run = tiny.CopyRun();
        string[] objects = Objects(run);
        CliProcess.Run("forget", run, "--subjects", "p3", "--quiet", "--no-measure").Exits(0);
        Assert.NotEqual(objects, Objects(run));
        CliProcess.Run("withdraw", run, "request-0002").FailsAtOnce(3, "Open requests: request-0001");
        CliProcess.Run("withdraw", run, "request-0001", "--secure-erase", "--reason", "by mistake").Exits(0);
        Assert.Equal(objects, Objects(run));
        Assert.Equal(["request.json", "withdrawn.json"], Directory.GetFiles(Path.Combine(run, "requests", "request-0001")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("p3", File.ReadAllText(Path.Combine(run, "requests", "request-0001", "request.json")), StringComparison.Ordinal);
        CliProcess.Run("withdraw", run, "request-0001").FailsAtOnce(3, "withdrawn already");
        Assert.Contains("withdrawn", CliProcess.Run("inspect", run, "--residue").Exits(0).Output, StringComparison.Ordinal);
        var again = Json(CliProcess.Run("forget", run, "--subjects", "p3", "--quiet", "--no-measure", "--json").Exits(0));
        Assert.Equal("request-0002", again.GetProperty("request").GetString());
    }

    [Fact]
    public void A_method_that_does_nothing_is_held_with_exit_code_5_and_an_override_is_told_by_the_residue_search()
    {
        string run = tiny.CopyRun();
        var held = CliProcess.Run("forget", run, "--subjects", "p3", "--method", "fine-tune", "--lr", "1e-12", "--quiet").Exits(5);
        Assert.Contains("Nothing was forgotten", held.Output, StringComparison.Ordinal);
        Assert.Contains("lethe withdraw", held.Output, StringComparison.Ordinal);
        CliProcess.Run("forget", run, "--subjects", "p3", "--method", "fine-tune", "--lr", "1e-12", "--quiet", "--serve").Exits(5);
        Assert.Empty(State(run).History);
        CliProcess.Run("promote", run, "--override", "a test").Exits(0);
        Assert.Contains("changed nothing", CliProcess.Run("inspect", run, "--residue", "--quiet").Exits(4).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_judges_the_candidate_and_promotes_only_what_its_verdict_allows()
    {
        string run = tiny.CopyRun();
        CliProcess.Run("verify", run, "--promote", "--quiet").FailsAtOnce(3, "nothing to promote");
        CliProcess.Run("withdraw", run, "request-0001").FailsAtOnce(3, "No request is open");
        CliProcess.Run("forget", run, "--subjects", "p3", "--quiet").Exits(0);
        CliProcess.Run("verify", run, "--gold-seeds", "2", "--promote", "--quiet").FailsAtOnce(2, "minGolds", "--gold-seeds 3");
        Assert.False(Directory.Exists(Path.Combine(run, "gold")));
        var (original, candidate) = (State(run).Served, State(run, "request-0001").Served);
        var verified = CliProcess.Run("verify", run, "--gold-seeds", "3", "--promote", "--quiet", "--json");
        Assert.Contains(verified.ExitCode, new[] { 0, 5 });
        Assert.Equal(candidate.ToString(), Json(verified).GetProperty("model").GetString());
        Assert.Equal(verified.ExitCode == 0 ? candidate : original, State(run).Served);
        if (verified.ExitCode == 5)
        {
            Assert.Contains("The verdict on request-0001 is", verified.Error, StringComparison.Ordinal);
            CliProcess.Run("promote", run).FailsAtOnce(5, "The verdict on request-0001 is");
            Assert.DoesNotContain("UNVERIFIED: UNVERIFIED", verified.Error, StringComparison.Ordinal);
            CliProcess.Run("promote", run, "--override", "a test").Exits(0);
            Assert.NotNull(State(run).History[0].Promotion!.Verdict);
        }

        Assert.Equal(3, Directory.GetFiles(Path.Combine(run, "gold"), "*.safetensors").Length);
        CliProcess.Run("inspect", run, "--residue", "--quiet").Exits(0);
    }

    [Fact]
    public void The_same_command_with_serve_decides_on_the_candidate_that_waits_and_trains_nothing_again()
    {
        string run = tiny.CopyRun(), other = tiny.CopyRun(), policy = tiny.Fresh();
        var waits = CliProcess.Run("forget", run, "--subjects", "p3", "--quiet").Exits(0);
        foreach (string part in new[] { "No verdict says yet", "lethe verify " + run + " --promote", "--override REASON", "lethe withdraw " + run + " request-0001" })
            Assert.Contains(part, string.Join(' ', waits.Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        var again = Json(CliProcess.Run("forget", run, "--subjects", "p3", "--quiet", "--json").Exits(0));
        var served = Json(CliProcess.Run("forget", run, "--subjects", "p3", "--serve", "--quiet", "--json").Exits(0));
        Assert.Equal(("candidate", "promoted"), (again.GetProperty("state").GetString(), served.GetProperty("state").GetString()));
        Assert.Equal(again.GetProperty("cost").GetRawText(), served.GetProperty("cost").GetRawText());
        Assert.Equal(again.GetProperty("after").GetString(), State(run).Served.ToString());
        Assert.Contains("by --serve", CliProcess.Run("inspect", run, "--residue", "--json").Exits(0).Output, StringComparison.Ordinal);

        File.WriteAllText(policy, """{"promotion":"gate"}""");
        CliProcess.Run("forget", other, "--subjects", "p3", "--policy", policy, "--quiet").Exits(0);
        Assert.Equal(new PromotionRecord(PromotionBasis.Gate, "unverified, passed the gate, by the policy"), State(other).History[0].Promotion);
    }

    [Fact]
    public void While_a_candidate_waits_every_command_says_that_the_old_model_is_served()
    {
        string run = tiny.CopyRun(), key = Path.Combine(tiny.Root, "waiting.pem"), model = tiny.Fresh();
        Assert.Contains("--serve", CliProcess.Run("plan", run, "--records", "1").Exits(0).Output, StringComparison.Ordinal);
        CliProcess.Run("evidence", "key", "new", key).Exits(0);
        CliProcess.Run("forget", run, "--subjects", "p3", "--quiet", "--serve").Exits(0);
        CliProcess.Run("forget", run, "--subjects", "p5", "--quiet").Exits(0);
        Assert.Contains("before request-0002, whose new model waits", CliProcess.Run("inspect", run).Exits(0).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("the model before request-0002", CliProcess.Run("export", run, "--format", "safetensors", "--out", model).Exits(0).Output, StringComparison.Ordinal);
        Assert.Equal(State(run).Served.ToString(), Json(CliProcess.Run("export", run, "--format", "safetensors", "--out", model, "--json").Exits(0)).GetProperty("model").GetString());
        Assert.Contains("request-0002 is no part of it", CliProcess.Run("evidence", "issue", run, "--key", key).Exits(0).Output, StringComparison.Ordinal);
        CliProcess.Run("evidence", "issue", run, "--request", "request-0002", "--key", key).FailsAtOnce(3, "request-0002 is not served yet", "lethe verify");
        Assert.Contains("request-0002 is not decided", CliProcess.Run("plan", run, "--subjects", "p7").Exits(0).Output, StringComparison.Ordinal);
    }

    private static JsonElement Json(CliResult result) => JsonDocument.Parse(result.Output).RootElement;

    private static RunIndex State(string run, string? candidate = null)
    {
        using var opened = Run.Open(run, writable: false);
        return candidate is null ? opened.Index : opened.Staged(candidate)!;
    }

    private static string[] Objects(string run) => Files(Path.Combine(run, "objects"));

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)];
}
