using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;
using Lethe.Core.Errors;
using Lethe.Core.Store;
using Lethe.Core.Verdicts;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe verify RUN</c>: judges the run's model against models trained from scratch without the forgotten records.</summary>
internal sealed class VerifyCommand : Command, IExplained
{
    private const string Verb = "verify";
    private const string JsonOption = "--json";
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<int?> _gold = new("--gold-seeds") { Description = $"Gold models to train: more see smaller remainders ({VerificationPolicy.Default.Golds}, or as the policy says).", HelpName = "N" };
    private readonly Option<string[]> _goldFiles = new("--gold") { Description = "For imported models: a model that you retrained without the forgotten records, as TorchScript or safetensors; may be repeated.", HelpName = "FILE" };
    private readonly Option<int?> _shadows = new("--shadows") { Description = "Ask N + N shadow models as well (U-LiRA, RMIA, DUCI, ε-forgetting, KLOM); 32 are good (price: `lethe shadows RUN --price`).", HelpName = "N" };
    private readonly Option<string?> _store = CommonOptions.ShadowStore();
    private readonly Option<int?> _processes = CommonOptions.ShadowProcesses();
    private readonly Option<bool> _retrain = CommonOptions.RetrainForgotten();
    private readonly Option<string?> _policy = CommonOptions.Policy("How to judge; by default as the policy of the request or of the run says.");
    private readonly Option<string?> _require = new("--require") { Description = "Exit with 1 unless the verdict is COMPLETE.", HelpName = "complete" };
    private readonly Option<bool> _promote = new("--promote") { Description = "Serve the candidate that waits if its verdict allows it, and destroy everything that remembers." };
    private readonly Option<bool> _erase = CommonOptions.SecureErase();
    private readonly Option<string?> _file = new(JsonOption) { Description = "Print the result as JSON on stdout; with FILE, write it there and print the table.", HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne };

    public VerifyCommand() : base(Verb, "Judges the run's model against gold models, trained without the forgotten records: COMPLETE, INCOMPLETE or UNVERIFIED.")
    {
        Arguments.Add(_run);
        Options.Add(_gold);
        Options.Add(_goldFiles);
        Options.Add(_shadows);
        Options.Add(_store);
        Options.Add(_processes);
        Options.Add(_retrain);
        _require.AcceptOnlyFromAmong("complete");
        Options.Add(_policy);
        Options.Add(_require);
        Options.Add(_promote);
        Options.Add(_erase);
        Options.Add(_file);
        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    public IReadOnlyList<string> Examples { get; } =
        ["lethe verify run", "lethe verify run --gold-seeds 10 --json verification.json", "lethe verify run --policy strict.json --require complete", "lethe verify run --promote", "lethe verify run --shadows 32"];

    public string Notes => """
        --json alone prints the figures; a file name behind it writes them there. RUN is never taken for the FILE.
        Gold models are kept in the run until it forgets more, so that a second verification is quick.
        A measure that cannot tell the original from gold has no power, and abstains. The exit code is 0 for every verdict, unless --require asks for one,
        and 5 where --promote was given and the verdict does not allow it.
        The verdict stays in the run as requests/ID/verdict.json; docs/guide/verdict.md says how to read it.
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
        var options = new VerificationOptions
        {
            GoldSeeds = parsed.GetValue(_gold),
            GoldFiles = parsed.GetValue(_goldFiles) ?? [],
            Policy = parsed.GetValue(_policy),
            Promote = parsed.GetValue(_promote),
            SecureErase = parsed.GetValue(_erase),
            Shadows = parsed.GetValue(_shadows),
            ShadowStore = parsed.GetValue(_store),
            RetrainForgotten = parsed.GetValue(_retrain),
        };
        if (options.Shadows is null && (options.ShadowStore is not null || options.RetrainForgotten || parsed.GetValue(_processes) is not null))
            throw new UsageException("--shadow-store, --processes and --retrain-forgotten are about shadow models: add --shadows N, or leave them out.");
        var summary = screen.Work(progress => new LetheEngine { Workers = WorkerProgram.Of(parsed.GetValue(_processes)) }.Verify(parsed.GetRequiredValue(_run), options, progress, cancellation));
        if (file is not null)
            AtomicFile.WriteAllText(file, JsonOutput.Serialize(summary) + "\n");
        screen.Result(summary, VerificationText.Print);
        if (summary.NotPromoted is { } waits)
        {
            Console.Error.WriteLine("lethe: " + waits);
            return ExitCodes.Held;
        }

        return parsed.GetValue(_require) is null || summary.Verdict.Kind == VerdictKind.Complete ? ExitCodes.Success : ExitCodes.Failure;
    }
}
