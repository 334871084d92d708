using System.Text.Json;

namespace Lethe.Cli.Tests;

public sealed class RunCommandTests(TinyRun tiny)
{
    [Fact]
    public void Train_prints_json_and_nothing_else_on_stdout()
    {
        var result = Json(tiny.Training.Exits(0));
        Assert.True(result.GetProperty("testAccuracy").GetDouble() > 0.7);
        Assert.Equal(64, result.GetProperty("digest").GetString()!.Length);
    }

    [Fact]
    public void The_same_seed_gives_the_same_digest()
    {
        var again = Json(CliProcess.Run([.. tiny.TrainArguments(tiny.Fresh()), "--json", "--quiet"]).Exits(0));
        Assert.Equal(Json(tiny.Training).GetProperty("digest").GetString(), again.GetProperty("digest").GetString());
    }

    [Fact]
    public void Train_says_what_it_did_and_what_comes_next()
    {
        var result = CliProcess.Run(tiny.TrainArguments(tiny.Fresh())).Exits(0);
        foreach (string part in new[] { "test accuracy", "final digest", "lethe forget" })
            Assert.Contains(part, result.Output, StringComparison.Ordinal);
        Assert.Contains("mlp", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Resuming_a_complete_run_gives_its_digest()
    {
        var again = Json(CliProcess.Run("train", "--resume", tiny.CopyRun(), "--json", "--quiet").Exits(0));
        Assert.Equal(Json(tiny.Training).GetProperty("digest").GetString(), again.GetProperty("digest").GetString());
    }

    [Fact]
    public void Describe_names_classes_people_and_columns()
    {
        var data = Json(CliProcess.Run("data", "describe", tiny.Source, "--json").Exits(0));
        Assert.Equal(TinyRun.Records, data.GetProperty("records").GetInt32());
        Assert.Equal(TinyRun.People, data.GetProperty("subjects").GetProperty("count").GetInt32());
        Assert.Contains(data.GetProperty("columns").EnumerateArray(), column => column.GetString() == "age");
        Assert.Contains("cat", CliProcess.Run("data", "describe", tiny.Source).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_compares_all_methods_and_writes_nothing()
    {
        string run = tiny.CopyRun();
        var before = Files(run);
        var plans = Json(CliProcess.Run("plan", run, "--subjects", "p3", "--json").Exits(0));
        Assert.Equal(LetheEngine.DescribeMethods().Count, plans.GetProperty("plans").GetArrayLength());
        Assert.Equal(20, plans.GetProperty("records").GetInt32());
        Assert.Contains("deep-obliviate", CliProcess.Run("plan", run, "--records", "1,5-9").Exits(0).Output, StringComparison.Ordinal);
        Assert.Equal(before, Files(run));
    }

    [Fact]
    public void Forget_verify_inspect_and_export_tell_one_story()
    {
        string run = tiny.CopyRun();
        var forgotten = Json(CliProcess.Run("forget", run, "--subjects", "p3", "--json", "--quiet", "--serve").Exits(0));
        Assert.Equal(20, forgotten.GetProperty("records").GetInt32());
        Assert.NotEqual(forgotten.GetProperty("before").GetString(), forgotten.GetProperty("after").GetString());
        string request = Path.Combine(run, "requests", "request-0001");
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(request, "report.html")), StringComparison.Ordinal);
        foreach (string name in new[] { "request.json", "before.json", "result.json", "report.json" })
            using (JsonDocument.Parse(File.ReadAllText(Path.Combine(request, name)))) { }

        var verified = Json(CliProcess.Run("verify", run, "--gold-seeds", "2", "--quiet", "--json").Exits(0));
        Assert.Contains(verified.GetProperty("measures").EnumerateArray(), row => row.GetProperty("name").GetString() == "agreement with gold on unseen records");
        foreach (string[] words in new string[][] { ["verify", "--json", run, "--gold-seeds", "2", "--quiet"], ["verify", "--gold-seeds", "2", "--quiet", "--json", run] })
            Assert.Equal(2, Json(CliProcess.Run(words).Exits(0)).GetProperty("goldFromCache").GetInt32());
        CliProcess.Run("verify", run, "--json", tiny.Root).FailsCleanly(3, "is a directory");
        CliProcess.Run("verify", "--json", "no-such-run").FailsCleanly(2, "verify needs RUN");
        Assert.Equal("unverified", verified.GetProperty("verdict").GetProperty("kind").GetString());
        CliProcess.Run("verify", run, "--gold-seeds", "2", "--quiet", "--require", "complete").Exits(1);
        CliProcess.Run("verify", run, "--require", "maybe").FailsCleanly(2, "complete");
        Assert.Contains("2 gold models are too few: the policy asks for 3", CliProcess.Run("verify", run, "--gold-seeds", "2").Exits(0).Error, StringComparison.Ordinal);
        string file = Path.Combine(tiny.Root, "verification.json");
        var cached = CliProcess.Run("verify", run, "--gold-seeds", "2", "--json", file).Exits(0);
        foreach (string part in new[] { "noise floor", "UNVERIFIED: 2 gold models are too few", "Guarantee: ", "abstains" })
            Assert.Contains(part, cached.Output, StringComparison.Ordinal);
        using (var written = JsonDocument.Parse(File.ReadAllText(file)))
            Assert.Equal(2, written.RootElement.GetProperty("goldFromCache").GetInt32());

        var clean = Json(CliProcess.Run("inspect", run, "--residue", "--json", "--quiet").Exits(0));
        Assert.Empty(clean.GetProperty("residue").GetProperty("found").EnumerateArray());
        Assert.Contains("No residue", CliProcess.Run("inspect", run, "--residue").Exits(0).Output, StringComparison.Ordinal);

        string model = Path.Combine(tiny.Root, "model.safetensors");
        CliProcess.Run("export", run, "--format", "safetensors", "--out", model).Exits(0);
        Assert.True(new FileInfo(model).Length > 100);

        CliProcess.Run("forget", run, "--subjects", "p3").FailsCleanly(3, "already");
        Assert.Equal(2, Json(CliProcess.Run("forget", run, "--classes", "cat", "--json", "--quiet", "--no-measure", "--serve").Exits(0)).GetProperty("goldModelsDestroyed").GetInt32());
        CliProcess.Run("inspect", run, "--residue", "--quiet").Exits(0);
    }

    [Fact]
    public void A_policy_is_printed_stored_and_checked()
    {
        string file = Path.Combine(tiny.Root, "policy.json");
        CliProcess.Run("policy", "--out", file).Exits(0);
        Assert.Equal(File.ReadAllText(file), CliProcess.Run("policy").Exits(0).Output);
        CliProcess.Run("policy", "--out", tiny.Root).FailsCleanly(3, "is a directory");
        string run = tiny.Fresh();
        CliProcess.Run([.. tiny.TrainArguments(run), "--policy", file, "--quiet"]).Exits(0);
        Assert.Equal(File.ReadAllText(file), File.ReadAllText(Path.Combine(run, "policy.json")));
        File.WriteAllText(file, """{"minGolds":1}""");
        CliProcess.Run("forget", run, "--records", "0", "--policy", file).FailsCleanly(3, "minGolds is 1");
        Assert.False(Directory.Exists(Path.Combine(run, "requests", "request-0001")));
    }

    [Fact]
    public void Residue_is_found_and_exits_4()
    {
        string run = tiny.CopyRun();
        string[] before = Directory.GetFiles(Path.Combine(run, "objects"), "*", SearchOption.AllDirectories);
        var saved = before.ToDictionary(path => path, File.ReadAllBytes);
        CliProcess.Run("forget", run, "--records", "0-9", "--quiet", "--no-measure", "--serve").Exits(0);
        string destroyed = before.First(path => !File.Exists(path));
        Directory.CreateDirectory(Path.GetDirectoryName(destroyed)!);
        File.WriteAllBytes(destroyed, saved[destroyed]);
        var found = CliProcess.Run("inspect", run, "--residue", "--json", "--quiet").Exits(4);
        Assert.NotEmpty(Json(found).GetProperty("residue").GetProperty("found").EnumerateArray());
    }

    private static JsonElement Json(CliResult result) => JsonDocument.Parse(result.Output).RootElement;

    private static string[] Files(string directory) => [.. Directory.GetFiles(directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
