using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;
using Lethe.Core.Errors;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe methods [NAME]</c>: what the methods can forget, need and promise, and the options of one of them.</summary>
internal sealed class MethodsCommand : Command, IExplained
{
    private readonly Argument<string?> _name = new("NAME") { Description = "A method; without it, all are listed.", HelpName = "NAME", Arity = ArgumentArity.ZeroOrOne };

    public MethodsCommand() : base("methods", "Lists the methods of forgetting, or explains one and its options.")
    {
        _name.CompletionSources.Add([.. LetheEngine.Methods]);
        Arguments.Add(_name);
        SetAction(parsed => Run(parsed));
    }

    public IReadOnlyList<string> Examples { get; } = ["lethe methods", "lethe methods deep-obliviate", "lethe methods --json"];

    private int Run(ParseResult parsed)
    {
        var screen = new Screen(parsed);
        var all = LetheEngine.DescribeMethods();
        if (parsed.GetValue(_name) is not { } name)
        {
            screen.Result(all, MethodsText.Print);
            return ExitCodes.Success;
        }
        var method = all.FirstOrDefault(method => method.Name == name)
            ?? throw new UsageException($"There is no method '{name}'. " + (NearestWord.To(name, LetheEngine.Methods) is { } nearest ? $"Did you mean '{nearest}'?" : $"Choose one of {string.Join(", ", LetheEngine.Methods)}."));
        screen.Result(method, MethodsText.Print);
        return ExitCodes.Success;
    }
}
