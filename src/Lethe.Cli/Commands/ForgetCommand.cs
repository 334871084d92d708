using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe forget RUN SELECTION</c>: makes a model without the records, which waits for its verdict.</summary>
internal sealed class ForgetCommand : Command, IExplained
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly SelectionOptionSet _selection = new();
    private readonly Option<string?> _method = new("--method") { Description = "How to forget (`lethe methods` lists them); by default deep-obliviate, sisa or retrain, by how the run was trained, and fine-tune for an imported model." };
    private readonly MethodOptionSet _settings = new();
    private readonly Option<string?> _reason = new("--reason") { Description = "Why; stays in the run in clear, so name nobody in it.", HelpName = "TEXT" };
    private readonly Option<bool> _noMeasure = new("--no-measure") { Description = "Do not measure the model before and after." };
    private readonly Option<int?> _processes = new("--processes") { Description = "Shards of a SISA run retrained at the same time; by default as many as cores and memory allow.", HelpName = "N" };
    private readonly Option<bool> _force = CommonOptions.ForceProfile();
    private readonly Option<string?> _policy = CommonOptions.Policy("How this request is verified and promoted, stored with it; by default as the run's policy says.");
    private readonly Option<bool> _pictures = new("--pictures") { Description = "Show some forgotten records in the stored report, which is personal data then." };

    private readonly Option<bool> _serve = new("--serve") { Description = "Serve the new model at once where the quick checks pass, without a verdict; kept in the history as your decision." };
    private readonly Option<string?> _by = new("--by") { Description = "Who decides to --serve; by default your user name. Stays in the run's history and in certificates in clear.", HelpName = "NAME" };
    private readonly Option<bool> _erase = CommonOptions.SecureErase();

    public ForgetCommand() : base("forget", "Makes a model without the given records, people or classes; once it is served, every checkpoint that knew them is destroyed.")
    {
        _method.AcceptOnlyNames("method", LetheEngine.Methods);
        Arguments.Add(_run);
        _selection.AddTo(this);
        foreach (Option option in new Option[] { _method, _reason, _noMeasure, _serve, _by, _policy, _pictures, _erase, _processes, _force })
            Options.Add(option);
        _settings.AddTo(this);
        Validators.Add(result =>
        {
            if (result.GetValue(_by) is not null && !result.GetValue(_serve))
                result.AddError("--by says who decides to serve the new model at once: give --serve too.");
        });
        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "lethe forget run --records 17,23,40-50",
        "lethe forget people --subjects alice --reason 'ticket 4711'",
        "lethe forget run --records @numbers.txt --method retrain",
        "lethe forget run --records 17 --serve",
        "lethe forget tabular --where \"age < 18\" --stop fit --jump",
    ];

    public string Notes => """
        The new model waits while the old one is served: `lethe verify RUN --promote` judges it and serves it if the verdict is COMPLETE, `lethe promote` and
        `lethe withdraw` decide without. The exit code is 5 where quick checks found it damaged or nothing forgotten. With --serve, or a policy with
        "promotion": "gate", it is served at once where these checks pass; the same command with --serve does so for a new model that waits already.
        Each method has options of its own: `lethe methods NAME` lists them, and they are given here, as in --method deep-obliviate --stop fit.
        """;

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var screen = new Screen(parsed);
        var selection = _selection.Read(parsed);
        var options = new ForgettingOptions
        {
            Method = parsed.GetValue(_method),
            Settings = _settings.Read(parsed),
            Reason = parsed.GetValue(_reason),
            Measure = !parsed.GetValue(_noMeasure),
            Policy = parsed.GetValue(_policy),
            Pictures = parsed.GetValue(_pictures),
            Serve = parsed.GetValue(_serve),
            By = parsed.GetValue(_by),
            SecureErase = parsed.GetValue(_erase),
            ForceProfile = parsed.GetValue(_force),
        };
        var summary = screen.Work(progress => new LetheEngine { Workers = WorkerProgram.Of(parsed.GetValue(_processes)) }.Forget(parsed.GetRequiredValue(_run), selection, options, progress, cancellation));
        screen.Result(summary, (console, result) => ForgettingText.Print(console, result, options.SecureErase));
        return summary.CheckFailed ? ExitCodes.Held : ExitCodes.Success;
    }
}
