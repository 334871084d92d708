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
    public void Parts_that_contradict_each_other_exit_3_and_write_nothing()
    {
        string first = Part("first", 1, Row(1, "0.75")), second = Part("second", 1, Row(1, "0.25"));
        string whole = Path.Combine(_folder, "whole");
        CliProcess.Run("bench", "sisa", "--join", first, "--join", second, "--out", whole).FailsCleanly(3, second, "test accuracy", "seed 1");
        Assert.False(Directory.Exists(whole));
    }

    [Fact]
    public void A_part_that_is_not_there_exits_3_and_writes_nothing()
    {
        string whole = Path.Combine(_folder, "whole");
        CliProcess.Run("bench", "sisa", "--join", Path.Combine(_folder, "nowhere"), "--out", whole).FailsCleanly(3, "sisa.json");
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
