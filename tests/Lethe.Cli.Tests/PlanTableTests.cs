using System.Text.Json;

namespace Lethe.Cli.Tests;

public sealed class PlanTableTests(TinyRun tiny)
{
    [Fact]
    public void Methods_that_can_come_first_by_guarantee_and_price()
    {
        var comparison = Json(CliProcess.Run("plan", tiny.RunPath, "--subjects", "p3", "--json").Exits(0));
        var plans = comparison.GetProperty("plans").EnumerateArray().ToList();
        Assert.Equal(LetheEngine.DescribeMethods().Select(method => method.Name).Order(), plans.Select(Name).Order());
        var serving = plans.Where(Serves).ToList();
        Assert.Equal(serving.Select(Name), plans.Take(serving.Count).Select(Name));
        Assert.Equal("retrain", Name(serving[0]));
        Assert.Equal("deep-obliviate", Name(serving[1]));
        string[] ranks = ["exact", "approximate", "heuristic"];
        var keys = serving.Select(plan => (Array.IndexOf(ranks, plan.GetProperty("guarantee").GetString()), plan.GetProperty("estimate").GetProperty("samples").GetInt64())).ToList();
        Assert.Equal(keys.Order(), keys);
        Assert.All(plans.Skip(serving.Count), plan => Assert.NotEmpty(plan.GetProperty("refusal").GetString()!));
    }

    [Fact]
    public void The_table_fits_and_is_explained()
    {
        string output = CliProcess.Run("plan", tiny.RunPath, "--subjects", "p3").Exits(0).Output;
        foreach (string name in LetheEngine.DescribeMethods().Select(method => method.Name))
            Assert.Contains(output.Split('\n'), line => line.Contains(name + " ", StringComparison.Ordinal));
        string words = string.Join(' ', output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        foreach (string word in new[] { "exact: ", "approximate: ", "heuristic: ", "Times are estimates" })
            Assert.Contains(word, words, StringComparison.Ordinal);
        Assert.All(output.Split('\n').Where(line => line.StartsWith('│')), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void A_plain_run_refuses_what_needs_blocks_and_says_it_once()
    {
        string run = tiny.Fresh();
        CliProcess.Run(
            "train", "--scheme", "plain", "--epochs", "1", "--data", tiny.Source, "--model", "mlp", "--model-option", "hidden=8", "--batch-size", "10",
            "--threads", "1", "--out", run).Exits(0);
        string output = CliProcess.Run("plan", run, "--records", "1").Exits(0).Output;
        string refusals = output[output.IndexOf("Cannot:", StringComparison.Ordinal)..];
        Assert.Contains("  deep-obliviate", refusals, StringComparison.Ordinal);
        Assert.Contains("amnesiac  needs training in blocks", refusals, StringComparison.Ordinal);
        Assert.DoesNotContain("  retrain", refusals, StringComparison.Ordinal);
        CliProcess.Run("forget", run, "--records", "1", "--method", "amnesiac").FailsCleanly(3, "training in blocks");
        CliProcess.Run("forget", run, "--records", "1", "--method", "cf-k", "--k", "1", "--epochs", "2", "--quiet").Exits(0);
        Assert.StartsWith("No method can: ", CliProcess.Run("plan", run, "--records", "0-239").Exits(0).Output.Split('\n')[1], StringComparison.Ordinal);
    }

    private static string Name(JsonElement plan) => plan.GetProperty("method").GetString()!;

    private static bool Serves(JsonElement plan) => !plan.TryGetProperty("refusal", out var refusal) || refusal.ValueKind == JsonValueKind.Null;

    private static JsonElement Json(CliResult result) => JsonDocument.Parse(result.Output).RootElement;
}
