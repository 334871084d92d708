namespace Lethe.Cli.Tests;

/// <summary><c>lethe bench SUITE --redraw</c>: pages and plots out of recorded figures.</summary>
public sealed class BenchRedrawTests(TinyRun tiny)
{
    private const string Header = """{"suite":"sisa","commit":"0123abc","command":"lethe bench sisa --seed 7","machine":"an old machine","rows":""";
    private const string Row = """{"dataset":"MNIST","model":"lenet5","scenario":"training","method":"deep-obliviate","seed":7,"metric":"test accuracy","value":0.875}""";

    private readonly string _folder = Directory.CreateDirectory(tiny.Fresh()).FullName;

    private string Json => Path.Combine(_folder, "sisa.json");

    [Fact]
    public void Writes_page_and_plots_with_the_origin_of_the_figures()
    {
        File.WriteAllText(Json, $"{Header}[{Row}]}}");
        CliProcess.Run("bench", "sisa", "--redraw", "--out", _folder).Exits(0);
        string page = File.ReadAllText(Path.Combine(_folder, "sisa.md"));
        Assert.Contains("| deep-obliviate | 87.5 % |", page, StringComparison.Ordinal);
        Assert.EndsWith("Command: `lethe bench sisa --seed 7` · commit `0123abc` · an old machine\n", page, StringComparison.Ordinal);
        Assert.Contains("(sisa-mnist-accuracy.svg)", page, StringComparison.Ordinal);
        Assert.StartsWith("<svg", File.ReadAllText(Path.Combine(_folder, "sisa-mnist-accuracy.svg")), StringComparison.Ordinal);
        Assert.Equal($"{Header}[{Row}]}}", File.ReadAllText(Json));
    }

    [Fact]
    public void Without_figures_exits_3_and_makes_no_directory()
    {
        string nowhere = Path.Combine(_folder, "nowhere");
        CliProcess.Run("bench", "sisa", "--redraw", "--out", nowhere).FailsCleanly(3, Path.Combine(nowhere, "sisa.json"), "--out");
        Assert.False(Directory.Exists(nowhere));
    }

    [Theory]
    [InlineData("no JSON", "line 1")]
    [InlineData(Header + "[]}", "no rows")]
    [InlineData(Header + "[" + Row + "]", "line 1")]
    [InlineData("""{"suite":"aru","commit":"c","command":"d","machine":"m","rows":[""" + Row + "]}", "'aru'")]
    [InlineData(Header + """[{"dataset":"MNIST","model":"lenet5","scenario":"training","method":"sisa","seed":1,"metric":"test accuracy","value":null}]}""", "$.rows[0].value")]
    public void Damaged_figures_exit_3_and_change_nothing(string json, string why)
    {
        File.WriteAllText(Json, json);
        CliProcess.Run("bench", "sisa", "--redraw", "--out", _folder).FailsCleanly(3, Json, why);
        Assert.Equal([Json], Directory.GetFiles(_folder));
    }
}
