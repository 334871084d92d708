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
    private readonly Option<ulong> _seed = CommonOptions.Seed("The suite's first seed.");
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly Option<string> _device = new("--device") { Description = "Where networks are trained and evaluated.", DefaultValueFactory = _ => "cpu" };

    public BenchCommand() : base("bench", "Runs a benchmark suite and writes its results files.")
    {
        _device.AcceptOnlyFromAmong("cpu", "cuda");
        Arguments.Add(_suite);
        foreach (Option option in new Option[] { _out, _list, _redraw, _seed, _threads, _device })
            Options.Add(option);
        SetAction(RunAsync);
    }

    public IReadOnlyList<string> Examples { get; } = ["lethe bench --list", "lethe bench engine --out results", "lethe bench engine --redraw --out results", "lethe bench unsir-full --device cuda --out results"];

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var screen = new Screen(parsed);
        if (parsed.GetValue(_list))
        {
            screen.Result(BenchSuites.All.Select(suite => new { suite.Name, suite.Description }).ToList(), (console, suites) =>
            {
                foreach (var suite in suites)
                    console.MarkupLineInterpolated($"[bold]{suite.Name}[/]  {suite.Description}");
            });
            return ExitCodes.Success;
        }

        string name = parsed.GetValue(_suite) ?? throw new UsageException("bench needs a SUITE. `lethe bench --list` names them.");
        var chosen = BenchSuites.All.FirstOrDefault(suite => suite.Name == name)
            ?? throw new UsageException($"There is no suite '{name}'. The suites are: {string.Join(", ", BenchSuites.All.Select(suite => suite.Name))}.");
        string directory = Path.GetFullPath(parsed.GetRequiredValue(_out));
        if (parsed.GetValue(_redraw)) Redraw(parsed, chosen, directory);
        else await MeasureAsync(parsed, chosen, directory, cancellation);
        screen.Result(new { suite = name, directory }, (console, result) => console.MarkupLineInterpolated($"Results are in [bold]{result.directory}[/]."));
        return ExitCodes.Success;
    }

    private void Redraw(ParseResult parsed, IBenchSuite suite, string directory)
    {
        if (new Option[] { _seed, _threads, _device }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } other)
            throw new UsageException($"--redraw measures nothing, so {other.Name} means nothing to it. Leave one of them out.");
        var file = ResultsFile.Read(directory, suite.Name);
        file.WritePage(suite.Render(file));
    }

    private async Task MeasureAsync(ParseResult parsed, IBenchSuite suite, string directory, CancellationToken cancellation)
    {
        string device = parsed.GetRequiredValue(_device);
        EngineProfile.RequireDevice(device, "Run the suite");
        Directory.CreateDirectory(directory);
        await suite.RunAsync(
            new BenchContext
            {
                OutputDirectory = directory,
                Command = $"lethe bench {suite.Name} --out {Continuation.Quote(parsed.GetRequiredValue(_out))} --seed {parsed.GetValue(_seed)} --threads {parsed.GetValue(_threads)}{(device == "cpu" ? "" : $" --device {device}")}",
                Device = device,
                Seed = parsed.GetValue(_seed),
                Threads = parsed.GetValue(_threads),
                Log = parsed.GetValue(CommonOptions.Quiet) ? static _ => { } : line => Console.Error.WriteLine(line),
            },
            cancellation);
    }
}
