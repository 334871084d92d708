using System.CommandLine;
using Lethe.Bench;
using Lethe.Bench.Results;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;
using Lethe.Core.Errors;
using Lethe.Training.Runs;
using Spectre.Console;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe bench SUITE</c>: reproduces the figures in docs/results.</summary>
internal sealed class BenchCommand : Command, IExplained
{
    private readonly Argument<string?> _suite = new("SUITE") { Description = "The suite; --list names them.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The directory for results files.", DefaultValueFactory = _ => "bench-results", HelpName = "DIR" };
    private readonly Option<bool> _list = new("--list") { Description = "Name the suites." };
    private readonly Option<bool> _redraw = new("--redraw") { Description = "Measure nothing: write the page and its plots again from SUITE.json in DIR." };
    private readonly Option<string[]> _join = new("--join") { Description = "Measure nothing: put together SUITE.json of these directories, parts measured with different seeds: one --join for each.", HelpName = "DIR", DefaultValueFactory = _ => [] };
    private readonly Option<ulong> _seed = CommonOptions.Seed("The suite's first seed.");
    private readonly Option<int?> _seeds = new("--seeds") { Description = "Over how many seeds, from --seed on, the suite is repeated; without it as many as --list says.", HelpName = "N" };
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly Option<string> _device = new("--device") { Description = "Where networks are trained and evaluated.", DefaultValueFactory = _ => "cpu" };

    public BenchCommand() : base("bench", "Runs a benchmark suite and writes its results files.")
    {
        _device.AcceptOnlyFromAmong("cpu", "cuda");
        Arguments.Add(_suite);
        foreach (Option option in new Option[] { _out, _list, _redraw, _join, _seed, _seeds, _threads, _device })
            Options.Add(option);
        SetAction(RunAsync);
    }

    public IReadOnlyList<string> Examples { get; } = ["lethe bench --list", "lethe bench engine --out results", "lethe bench engine --redraw --out results", "lethe bench unsir --seed 2 --seeds 1 --out second", "lethe bench unsir --join first --join second --out results", "lethe bench unsir-full --device cuda --out results"];

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var screen = new Screen(parsed);
        if (parsed.GetValue(_list))
        {
            screen.Result(BenchSuites.All.Select(suite => new { suite.Name, suite.Description, seeds = suite.Seeds.Usual }).ToList(), (console, suites) =>
            {
                var grid = new Grid().AddColumn(new GridColumn().NoWrap().Padding(0, 0, 2, 1)).AddColumn();
                foreach (var suite in suites)
                    grid.AddRow(new Text(suite.Name, new Style(decoration: Decoration.Bold)), new Text(suite.seeds > 1 ? $"{suite.Description} Repeated over {suite.seeds} seeds." : suite.Description));
                console.Write(grid);
            });
            return ExitCodes.Success;
        }

        string name = parsed.GetValue(_suite) ?? throw new UsageException("bench needs a SUITE. `lethe bench --list` names them.");
        var chosen = BenchSuites.All.FirstOrDefault(suite => suite.Name == name)
            ?? throw new UsageException($"There is no suite '{name}'. The suites are: {string.Join(", ", BenchSuites.All.Select(suite => suite.Name))}.");
        string directory = Path.GetFullPath(parsed.GetRequiredValue(_out));
        if (parsed.GetValue(_redraw)) Redraw(parsed, chosen, directory);
        else if (parsed.GetRequiredValue(_join) is { Length: > 0 } parts) Join(parsed, chosen, parts, directory);
        else await MeasureAsync(parsed, chosen, directory, cancellation);
        screen.Result(new { suite = name, directory }, (console, result) => console.MarkupLineInterpolated($"Results are in [bold]{result.directory}[/]."));
        return ExitCodes.Success;
    }

    private void Redraw(ParseResult parsed, IBenchSuite suite, string directory)
    {
        RefuseBeside(parsed, _redraw, _join, _seed, _seeds, _threads, _device);
        var file = ResultsFile.Read(directory, suite.Name);
        file.WritePage(suite.Render(file));
    }

    private void Join(ParseResult parsed, IBenchSuite suite, string[] directories, string directory)
    {
        RefuseBeside(parsed, _join, _seed, _seeds, _threads, _device);
        if (!suite.Seeds.Repeats) throw new UsageException($"{suite.Name} is not repeated over seeds, so it has no parts to join. Leave --join out.");
        string[] parts = [.. directories.Select(Path.GetFullPath).Distinct()];
        string figures = Path.Combine(directory, suite.Name + ".json");
        if (File.Exists(figures) && !parts.Contains(directory))
            throw new UsageException($"{figures} holds figures that would be lost. Add --join {Continuation.Quote(parsed.GetRequiredValue(_out))}, or choose another --out.");
        if (parts.Length < 2) throw new UsageException("--join takes two different directories or more, each with --join before it.");
        var whole = ResultParts.Join([.. parts.Select(part => ResultsFile.Read(part, suite.Name))], directory);
        Directory.CreateDirectory(directory);
        whole.Write(suite.Render(whole));
    }

    private static void RefuseBeside(ParseResult parsed, Option given, params Option[] others)
    {
        if (others.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } other)
            throw new UsageException($"{given.Name} measures nothing, so {other.Name} means nothing to it. Leave one of them out.");
    }

    /// <summary>How many seeds the suite is to be repeated over.</summary>
    private int Seeds(ParseResult parsed, IBenchSuite suite)
    {
        if (suite.Seeds.Usual == 0 && parsed.GetResult(_seed) is { Implicit: false })
            throw new UsageException($"{suite.Name} takes no seed. Leave --seed out.");
        int seeds = parsed.GetValue(_seeds) ?? suite.Seeds.Usual;
        if (parsed.GetValue(_seeds) is not null && !suite.Seeds.Repeats) throw new UsageException($"{suite.Name} is not repeated over seeds. Leave --seeds out.");
        if (seeds < 1 && suite.Seeds.Repeats) throw new UsageException($"--seeds must be at least 1; it is {seeds}.");
        if (seeds > 1 && parsed.GetValue(_seed) > ulong.MaxValue - (ulong)(seeds - 1))
            throw new UsageException($"--seed {parsed.GetValue(_seed)} leaves no room for {seeds} seeds. Choose a smaller one.");
        return seeds;
    }

    private async Task MeasureAsync(ParseResult parsed, IBenchSuite suite, string directory, CancellationToken cancellation)
    {
        string device = parsed.GetRequiredValue(_device);
        int seeds = Seeds(parsed, suite);
        EngineProfile.RequireDevice(device, "Run the suite");
        Directory.CreateDirectory(directory);
        await suite.RunAsync(
            new BenchContext
            {
                OutputDirectory = directory,
                Command = $"lethe bench {suite.Name} --out {Continuation.Quote(parsed.GetRequiredValue(_out))} {SeedText(parsed, suite, seeds)}--threads {parsed.GetValue(_threads)}{(device == "cpu" ? "" : $" --device {device}")}",
                Device = device,
                Seed = parsed.GetValue(_seed),
                SeedCount = seeds,
                Threads = parsed.GetValue(_threads),
                Log = parsed.GetValue(CommonOptions.Quiet) ? static _ => { } : line => Console.Error.WriteLine(line),
            },
            cancellation);
    }

    private string SeedText(ParseResult parsed, IBenchSuite suite, int seeds) =>
        suite.Seeds.Usual == 0 ? "" : $"--seed {parsed.GetValue(_seed)} {(suite.Seeds.Repeats ? $"--seeds {seeds} " : "")}";
}
