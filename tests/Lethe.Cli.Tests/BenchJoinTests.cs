namespace Lethe.Cli.Tests;

/// <summary><c>lethe bench SUITE --join DIR</c>: one page out of parts that were measured seed by seed.</summary>
public sealed class BenchJoinTests(TinyRun tiny)
{
    private readonly string _folder = Directory.CreateDirectory(tiny.Fresh()).FullName;

    [Fact]
    public void Joins_rows_and_names_the_origin_of_each_part()
    {
        string first = Part("first", 1, Row(1, "0.75"), Row(100, "0.5")), second = Part("second", 2, Row(2, "0.25"), Row(100, "0.5"));
        string whole = Path.Combine(_folder, "whole");
        CliProcess.Run("bench", "sisa", "--join", first, "--join", second, "--out", whole).Exits(0);
        string json = File.ReadAllText(Path.Combine(whole, "sisa.json"));
        Assert.Equal(["1", "100", "2"], json.Split("\"seed\":").Skip(1).Select(text => text.Split(',')[0]));
        string page = File.ReadAllText(Path.Combine(whole, "sisa.md"));
        Assert.Contains("| deep-obliviate | 50.0 % ± 25.0 |", page, StringComparison.Ordinal);
        Assert.EndsWith("Command: `lethe bench sisa --seed 1; lethe bench sisa --seed 2` · commit `a1; a2` · a machine\n", page, StringComparison.Ordinal);
        CliProcess.Run("bench", "sisa", "--redraw", "--out", whole).Exits(0);
        Assert.Equal(page, File.ReadAllText(Path.Combine(whole, "sisa.md")));
    }

    [Fact]
    public void A_part_can_be_added_to_figures_that_are_there()
    {
        string first = Part("first", 1, Row(1, "0.75")), second = Part("second", 2, Row(2, "0.25"));
        CliProcess.Run("bench", "sisa", "--join", second, "--out", first).FailsCleanly(2, Path.Combine(first, "sisa.json"), "--join " + first);
        CliProcess.Run("bench", "sisa", "--join", first, "--join", second, "--out", first).Exits(0);
        CliProcess.Run("bench", "sisa", "--join", first, "--join", Part("third", 3, Row(3, "0.5")), "--out", first).Exits(0);
        Assert.Contains("commit `a1; a2; a3` · a machine\n", File.ReadAllText(Path.Combine(first, "sisa.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void All_draws_of_a_seed_are_kept_also_equal_ones()
    {
        string first = Part("first", 1, Row(1, "0.5"), Row(1, "0.5"), Row(1, "0.75")), second = Part("second", 2, Row(2, "0.25"));
        string whole = Path.Combine(_folder, "whole");
        CliProcess.Run("bench", "sisa", "--join", first, "--join", second, "--out", whole).Exits(0);
        Assert.Equal(4, File.ReadLines(Path.Combine(whole, "sisa.json")).Count(line => line.Contains("\"value\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Parts_that_contradict_each_other_exit_3_and_write_nothing()
    {
        string first = Part("first", 1, Row(1, "0.75")), second = Part("second", 1, Row(1, "0.25"));
        Refused(3, [first, second], first, second, "test accuracy", "seed 1");
    }

    [Fact]
    public void A_part_that_was_stopped_early_exits_3_and_writes_nothing()
    {
        string first = Part("first", 1, Row(1, "0.75"), Row(1, "0.5").Replace("deep-obliviate", "sisa, 20 shards", StringComparison.Ordinal)), second = Part("second", 2, Row(2, "0.25"));
        Refused(3, [first, second], second, "'sisa, 20 shards'", "stopped");
        Refused(3, [second, first], second, "'sisa, 20 shards'");
    }

    [Fact]
    public void A_part_that_is_not_there_exits_3_and_writes_nothing() =>
        Refused(3, [Part("first", 1, Row(1, "0.75")), Path.Combine(_folder, "nowhere")], "sisa.json is not there", "--seeds");

    [Fact]
    public void One_part_is_no_parts()
    {
        string first = Part("first", 1, Row(1, "0.75"));
        Refused(2, [first, first], "two different directories");
    }

    private void Refused(int code, string[] parts, params string[] words)
    {
        string whole = Path.Combine(_folder, "whole");
        CliProcess.Run(["bench", "sisa", .. parts.SelectMany(part => new[] { "--join", part }), "--out", whole]).FailsCleanly(code, words);
        Assert.False(Directory.Exists(whole));
    }

    private static string Row(int seed, string value) =>
        $$"""{"dataset":"MNIST","model":"lenet5","scenario":"training","method":"deep-obliviate","seed":{{seed}},"metric":"test accuracy","value":{{value}}}""";

    private string Part(string name, int seed, params string[] rows)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        File.WriteAllText(
            Path.Combine(folder, "sisa.json"),
            $$"""{"suite":"sisa","commit":"a{{seed}}","command":"lethe bench sisa --seed {{seed}}","machine":"a machine","rows":[{{string.Join(',', rows)}}]}""");
        return folder;
    }
}
