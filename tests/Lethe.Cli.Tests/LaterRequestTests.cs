using System.Text.Json;

namespace Lethe.Cli.Tests;

/// <summary>What a run still says about served requests, and what it can show of models that are gone.</summary>
public sealed class LaterRequestTests(TinyRun tiny)
{
    [Fact]
    public void A_served_request_names_nobody()
    {
        string run = tiny.CopyRun();
        CliProcess.Run("forget", run, "--subjects", "p10", "--quiet", "--no-measure", "--serve").Exits(0);
        CliProcess.Run("forget", run, "--where", "person = 'p11'", "--quiet", "--no-measure", "--reason", "ticket 4711", "--serve").Exits(0);
        foreach (string file in Directory.EnumerateFiles(run, "*.*", SearchOption.AllDirectories).Where(path => path.EndsWith(".json", StringComparison.Ordinal) || path.EndsWith(".html", StringComparison.Ordinal)))
        {
            string text = File.ReadAllText(file);
            Assert.DoesNotMatch(@"\bp1[01]\b", text);
            Assert.DoesNotContain("person = ", text, StringComparison.Ordinal);
        }

        var residue = Residue(run, 0);
        Assert.Empty(residue.GetProperty("found").EnumerateArray());
        Assert.Contains(residue.GetProperty("kept").EnumerateArray(), line => line.GetString()!.Contains("--reason", StringComparison.Ordinal));
        Assert.Contains(residue.GetProperty("kept").EnumerateArray(), line => line.GetString()!.Contains("numbers of the forgotten records", StringComparison.Ordinal));
        Assert.Contains("kept: index.json", CliProcess.Run("inspect", run, "--residue").Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_came_back_are_found_and_removed()
    {
        string run = tiny.CopyRun();
        CliProcess.Run("forget", run, "--subjects", "p10", "--quiet", "--no-measure", "--serve").Exits(0);
        string request = Path.Combine(run, "requests", "request-0001", "request.json");
        string withheld = File.ReadAllText(request);
        Assert.Contains("withheld", withheld, StringComparison.Ordinal);
        File.WriteAllText(request, withheld.Replace("\"by\":\"subjects\",\"kind\":\"withheld\"", "\"kind\":\"subjects\",\"subjects\":[\"p10\"]", StringComparison.Ordinal));
        string[] found = [.. Residue(run, 4).GetProperty("found").EnumerateArray().Select(line => line.GetString()!)];
        Assert.Contains(found, line => line.Contains("request.json still names", StringComparison.Ordinal));
        Assert.Contains(found, line => line.Contains("names 1 of the forgotten people, such as p10", StringComparison.Ordinal));
        CliProcess.Run("verify", run, "--gold-seeds", "1", "--quiet").Exits(0);
        Assert.Equal(withheld, File.ReadAllText(request));
        Residue(run, 0);
    }

    [Fact]
    public void Verify_shows_the_model_before_the_last_request()
    {
        string run = tiny.CopyRun();
        CliProcess.Run("forget", run, "--subjects", "p3", "--quiet", "--serve").Exits(0);
        CliProcess.Run("forget", run, "--subjects", "p5", "--quiet", "--serve").Exits(0);
        var verified = JsonDocument.Parse(CliProcess.Run("verify", run, "--gold-seeds", "2", "--quiet", "--json").Exits(0).Output).RootElement;
        var forgotten = verified.GetProperty("measures").EnumerateArray().Single(row => row.GetProperty("name").GetString() == "accuracy on forgotten records");
        using (var before = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "requests", "request-0002", "before.json"))))
            Assert.Equal(before.RootElement.GetProperty("forgottenAccuracy").GetDouble(), forgotten.GetProperty("original").GetDouble());
        Assert.All(verified.GetProperty("allForgotten").EnumerateArray(), row => Assert.Equal(JsonValueKind.Null, row.GetProperty("original").ValueKind));
        Assert.NotEmpty(verified.GetProperty("allForgotten").EnumerateArray());
        Assert.Equal(2, verified.GetProperty("requests").GetArrayLength());
        string text = CliProcess.Run("verify", run, "--gold-seeds", "2", "--quiet").Exits(0).Output;
        Assert.Contains("Original means the model before the last one", text, StringComparison.Ordinal);
        Assert.Contains("All 40 forgotten records together", text, StringComparison.Ordinal);

        CliProcess.Run("forget", run, "--subjects", "p7", "--quiet", "--no-measure", "--serve").Exits(0);
        Assert.Contains("nothing can be shown as original", CliProcess.Run("verify", run, "--gold-seeds", "1", "--quiet", "--json").Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_and_plan_say_that_one_batch_a_block_has_no_noise_floor()
    {
        string[] arguments = [.. tiny.TrainArguments(tiny.Fresh())];
        arguments[Array.IndexOf(arguments, "--batch-size") + 1] = "32";
        Assert.Contains("every block fits into one batch of 32", CliProcess.Run(arguments).Exits(0).Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("every block fits into one batch of 32", CliProcess.Run("plan", arguments[^1], "--records", "1").Exits(0).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("every block fits", CliProcess.Run("plan", tiny.RunPath, "--records", "1").Exits(0).Output, StringComparison.Ordinal);
    }

    private static JsonElement Residue(string run, int code) =>
        JsonDocument.Parse(CliProcess.Run("inspect", run, "--residue", "--json", "--quiet").Exits(code).Output).RootElement.GetProperty("residue");
}
