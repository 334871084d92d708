using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;
using Lethe.Core.Errors;
using Lethe.Core.Store;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe verify RUN</c>: the run's model beside models trained from scratch without the forgotten records.</summary>
internal sealed class VerifyCommand : Command, IExplained
{
    private const string Verb = "verify";
    private const string JsonOption = "--json";
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<int> _gold = new("--gold-seeds") { Description = "Gold models to train; two or more show the noise.", DefaultValueFactory = _ => 3, HelpName = "N" };
    private readonly Option<string[]> _goldFiles = new("--gold") { Description = "For imported models: a model that you retrained without the forgotten records, as TorchScript; may be repeated.", HelpName = "MODEL.pt" };
    private readonly Option<string?> _file = new(JsonOption) { Description = "Print the result as JSON on stdout; with FILE, write it there and print the table.", HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne };

    public VerifyCommand() : base(Verb, "Trains gold models without the forgotten records and compares the run's model with them.")
    {
        Arguments.Add(_run);
        Options.Add(_gold);
        Options.Add(_goldFiles);
        Options.Add(_file);
        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    public IReadOnlyList<string> Examples { get; } = ["lethe verify run", "lethe verify run --gold-seeds 5 --json verification.json"];

    public string Notes => """
        --json alone prints the figures; a file name behind it writes them there. RUN is never taken for the FILE.
        Gold models are kept in the run until it forgets more, so that a second verification is quick.
        A measure that cannot tell the original from gold has no power, and the table says so.
        """;

    /// <summary>The same arguments with RUN before --json, where a directory follows --json, which FILE cannot be; null otherwise.</summary>
    public static string[]? WithRunFirst(string[] arguments)
    {
        int json = Array.IndexOf(arguments, JsonOption);
        if (json < 0 || json + 1 >= arguments.Length || !arguments.Contains(Verb) || !Directory.Exists(arguments[json + 1]))
            return null;
        string[] ordered = [.. arguments];
        (ordered[json], ordered[json + 1]) = (ordered[json + 1], ordered[json]);
        return ordered;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string? file = parsed.GetValue(_file);
        var screen = new Screen(parsed, json: file is null && parsed.GetResult(_file) is { Implicit: false });
        if (file is not null && (Directory.Exists(file) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file)))))
            throw new BadDataException($"--json {file} cannot be written: it is a directory, or its directory does not exist.");
        var options = new VerificationOptions { GoldSeeds = parsed.GetValue(_gold), GoldFiles = parsed.GetValue(_goldFiles) ?? [] };
        var summary = screen.Work(progress => new LetheEngine().Verify(parsed.GetRequiredValue(_run), options, progress, cancellation));
        if (file is not null)
            AtomicFile.WriteAllText(file, JsonOutput.Serialize(summary) + "\n");
        screen.Result(summary, VerificationText.Print);
        return ExitCodes.Success;
    }
}
