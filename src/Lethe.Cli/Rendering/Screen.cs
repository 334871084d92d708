using System.CommandLine;
using Lethe.Cli.CommandLine;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Where a command writes: results on stdout (text or JSON), progress and remarks on stderr.</summary>
internal sealed class Screen
{
    private const int WidthOfFiles = 140;
    private readonly bool _json;
    private readonly bool _quiet;

    public Screen(ParseResult parsed)
        : this(parsed, parsed.GetValue(CommonOptions.Json))
    {
    }

    public Screen(ParseResult parsed, bool json)
    {
        _json = json;
        _quiet = parsed.GetValue(CommonOptions.Quiet);
        Out = Create(Console.Out, Console.IsOutputRedirected);
        Error = Create(Console.Error, Console.IsErrorRedirected);
    }

    public IAnsiConsole Out { get; }

    public IAnsiConsole Error { get; }

    /// <summary>Whether a person reads along; then texts before the result are shown.</summary>
    public bool Talks => !_json && !_quiet;

    /// <summary>Prints the result: as JSON, or as the given text.</summary>
    public void Result<T>(T result, Action<IAnsiConsole, T> text)
    {
        if (_json)
            Console.Out.WriteLine(JsonOutput.Serialize(result));
        else
            text(Out, result);
    }

    /// <summary>Runs long work with its progress on stderr.</summary>
    public T Work<T>(Func<IProgress<Lethe.Core.Progress.ProgressUpdate>, T> work)
    {
        if (_quiet)
            return work(new SilentProgress());
        return Console.IsErrorRedirected ? work(new LineProgress(Console.Error, TimeProvider.System)) : BarProgress.Run(Error, work);
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
            console.Profile.Width = WidthOfFiles;
        return console;
    }

    private sealed class SilentProgress : IProgress<Lethe.Core.Progress.ProgressUpdate>
    {
        public void Report(Lethe.Core.Progress.ProgressUpdate value)
        {
        }
    }
}
