using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe promote RUN</c>: serves the candidate that waits, and destroys everything that still remembers.</summary>
internal sealed class PromoteCommand : Command, IExplained
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Argument<string?> _request = new("REQUEST") { Description = "The request; by default the one that waits.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _override = new("--override") { Description = "Serve it without a verdict that allows it; the reason stays in the run's history in clear.", HelpName = "REASON" };
    private readonly Option<string?> _by = new("--by") { Description = "Who decides on the override; by default your user name. Stays in the run's history, its ledger and certificates in clear.", HelpName = "NAME" };
    private readonly Option<bool> _erase = CommonOptions.SecureErase();

    public PromoteCommand() : base("promote", "Serves the candidate that waits, and destroys everything that still remembers.")
    {
        Arguments.Add(_run);
        Arguments.Add(_request);
        foreach (Option option in new Option[] { _override, _by, _erase })
            Options.Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(_by) is not null && result.GetValue(_override) is null)
                result.AddError("--by says who decides on an override: give --override REASON too.");
        });
        SetAction(parsed => Run(parsed));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "lethe promote run",
        "lethe promote run request-0003 --override 'court order 12/26: serve at once' --by 'A. Miller, data protection'",
        "lethe promote run --secure-erase",
    ];

    public string Notes => "Without --override a candidate is served only if its verdict allows it: `lethe verify RUN` judges it, `lethe verify RUN --promote` does both. The exit code is 5 where nothing allows it.";

    private int Run(ParseResult parsed)
    {
        var options = new PromotionOptions
        {
            Override = parsed.GetValue(_override),
            By = parsed.GetValue(_by),
            SecureErase = parsed.GetValue(_erase),
        };
        var summary = new LetheEngine().Promote(parsed.GetRequiredValue(_run), parsed.GetValue(_request), options);
        new Screen(parsed).Result(summary, DecisionText.Print);
        return ExitCodes.Success;
    }
}
