using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe withdraw RUN REQUEST</c>: gives up a request that is not promoted.</summary>
internal sealed class WithdrawCommand : Command, IExplained
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Argument<string> _request = new("REQUEST") { Description = "The request, as `lethe inspect` names it." };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why; stays in the run in clear, so name nobody in it.", HelpName = "TEXT" };
    private readonly Option<bool> _erase = CommonOptions.SecureErase();

    public WithdrawCommand() : base("withdraw", "Gives up a request that is not promoted, and destroys its candidate. Nothing is forgotten.")
    {
        Arguments.Add(_run);
        Arguments.Add(_request);
        Options.Add(_reason);
        Options.Add(_erase);
        SetAction(parsed => Run(parsed));
    }

    public IReadOnlyList<string> Examples { get; } = ["lethe withdraw run request-0002", "lethe withdraw run request-0002 --reason 'again with another method'"];

    public string Notes => "Also gives up a request whose `lethe forget` was stopped, and frees what it had computed so far.";

    private int Run(ParseResult parsed)
    {
        var options = new WithdrawalOptions { Reason = parsed.GetValue(_reason), SecureErase = parsed.GetValue(_erase) };
        var summary = new LetheEngine().Withdraw(parsed.GetRequiredValue(_run), parsed.GetRequiredValue(_request), options);
        new Screen(parsed).Result(summary, DecisionText.Print);
        return ExitCodes.Success;
    }
}
