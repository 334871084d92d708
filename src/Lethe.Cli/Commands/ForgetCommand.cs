using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe forget RUN SELECTION</c>: makes the run's model forget, and destroys what still knew the records.</summary>
internal sealed class ForgetCommand : Command, IExplained
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly SelectionOptionSet _selection = new();
    private readonly Option<string?> _method = new("--method") { Description = "How to forget (`lethe methods` lists them); by default deep-obliviate, sisa or retrain, by how the run was trained, and fine-tune for an imported model." };
    private readonly MethodOptionSet _settings = new();
    private readonly Option<string?> _reason = new("--reason") { Description = "Why; stays in the run in clear, so name nobody in it.", HelpName = "TEXT" };
    private readonly Option<bool> _noMeasure = new("--no-measure") { Description = "Do not measure the model before and after." };
    private readonly Option<bool> _force = CommonOptions.ForceProfile();
    private readonly Option<string?> _policy = CommonOptions.Policy("How this request is verified and promoted, stored with it; by default as the run's policy says.");
    private readonly Option<bool> _pictures = new("--pictures") { Description = "Show some forgotten records in the stored report, which is personal data then." };

    private readonly Option<bool> _hold = new("--hold") { Description = "Keep the new model as a candidate and go on serving the old one, until `lethe promote` or `lethe withdraw`." };
    private readonly Option<bool> _erase = CommonOptions.SecureErase();

    public ForgetCommand() : base("forget", "Forgets records, people or classes, and destroys every checkpoint that knew them.")
    {
        _method.AcceptOnlyNames("method", LetheEngine.Methods);
        Arguments.Add(_run);
        _selection.AddTo(this);
        foreach (Option option in new Option[] { _method, _reason, _noMeasure, _hold, _policy, _pictures, _erase, _force })
            Options.Add(option);
        _settings.AddTo(this);
        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "lethe forget run --records 17,23,40-50",
        "lethe forget people --subjects alice --reason 'ticket 4711'",
        "lethe forget run --records @numbers.txt --method retrain",
        "lethe forget run --classes coat --hold",
        "lethe forget tabular --where \"age < 18\" --stop fit --jump",
    ];

    public string Notes => """
        The new model is served at once where cheap checks pass: it is not damaged, and something was forgotten. Otherwise, and with --hold, it waits
        as a candidate while the old one is served: `lethe verify`, `lethe promote` and `lethe withdraw` decide on it. The exit code is 5 where a check failed.
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
            Hold = parsed.GetValue(_hold),
            SecureErase = parsed.GetValue(_erase),
            ForceProfile = parsed.GetValue(_force),
        };
        var summary = screen.Work(progress => new LetheEngine().Forget(parsed.GetRequiredValue(_run), selection, options, progress, cancellation));
        screen.Result(summary, ForgettingText.Print);
        return summary.GateFailed ? ExitCodes.Held : ExitCodes.Success;
    }
}
