using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace Lethe.Cli.CommandLine;

/// <summary>Explains what is wrong with the arguments, with the nearest known word.</summary>
internal static class UsageText
{
    private const string Program = "lethe";

    public static string Explain(ParseResult parsed)
    {
        string path = Path(parsed.CommandResult);
        string hint = $"See `{path} --help`.";
        string? subject = path == Program ? null : path[(Program.Length + 1)..]; // the program's own name stands before every message
        string message = parsed.Errors[0].Message;
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens.Count == 0 && command.Subcommands.Count > 0)
            return $"{(subject is null ? "give" : subject + " needs")} a command: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}. {hint}";
        foreach (string word in parsed.UnmatchedTokens)
        {
            string kind = word.StartsWith('-') ? "option" : parsed.CommandResult.Command.Subcommands.Count > 0 ? "command" : "argument";
            string? nearest = Nearest(word, parsed.CommandResult);
            return $"{(subject is null ? "there is" : subject + " knows")} no {kind} '{word}'." + (nearest is null ? "" : $" Did you mean '{nearest}'?") + " " + hint;
        }

        if (Missing(parsed.CommandResult) is { } missing) return $"{subject} needs {missing.Name}: {Sentence(missing.Description)} {hint}";
        return Misused(parsed.Errors[0]) is { } misused ? $"{misused} {hint}" : $"{message.TrimEnd('.')}{(message.EndsWith('?') ? "" : ".")} {hint}";
    }

    /// <summary>The first argument that the command needs and was not given.</summary>
    private static Argument? Missing(CommandResult result) => result.Command.Arguments.FirstOrDefault(argument =>
        argument.Arity.MinimumNumberOfValues > (result.GetResult(argument) is { } given ? given.Tokens.Count : 0));

    /// <summary>An option or argument without its value, or with one of the wrong kind; null when the error is another one.</summary>
    private static string? Misused(ParseError error) => (error.SymbolResult is ArgumentResult { Parent: OptionResult owner } ? owner : error.SymbolResult) switch
    {
        OptionResult { Option: var option, Tokens.Count: var count } when count < option.Arity.MinimumNumberOfValues =>
            $"{option.Name} needs {option.HelpName ?? "a value"}: {Sentence(option.Description)}",
        OptionResult { Option: var option, Tokens.Count: var count } when count > option.Arity.MaximumNumberOfValues => $"{option.Name} is given {count} times: leave all but one out.",
        OptionResult { Option: var option } result => Unfit(option, option.ValueType, result.Tokens),
        ArgumentResult { Argument: var argument } result => Unfit(argument, argument.ValueType, result.Tokens),
        _ => null,
    };

    private static string? Unfit(Symbol symbol, Type type, IReadOnlyList<Token> tokens)
    {
        string[] known = [.. symbol.GetCompletions(CompletionContext.Empty).Select(completion => completion.Label)];
        if (tokens.Select(token => token.Value).FirstOrDefault(value => !known.Contains(value)) is not { } word) return null;
        if (known.Length == 0) return Kind(Nullable.GetUnderlyingType(type) ?? type) is { } kind ? $"{symbol.Name} takes {kind}, not '{word}'." : null;
        return NearestWord.To(word, known) is { } nearest
            ? $"{symbol.Name} knows no '{word}'. Did you mean '{nearest}'?"
            : $"{symbol.Name} is one of {string.Join(", ", known)}, not '{word}'.";
    }

    private static string? Kind(Type type) => type switch
    {
        _ when type == typeof(int) => $"a whole number up to {int.MaxValue}",
        _ when type == typeof(ulong) => "a whole number from 0 on",
        _ when type == typeof(double) => "a number such as 0.1",
        _ => null,
    };

    private static string Sentence(string? description) =>
        string.IsNullOrEmpty(description) ? "" : $"{char.ToLowerInvariant(description[0])}{description[1..].TrimEnd('.')}.";

    private static string Path(CommandResult result)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = result; at is CommandResult command; at = at.Parent)
            names.Push(command.Command is RootCommand ? Program : command.Command.Name);
        return string.Join(' ', names);
    }

    private static string? Nearest(string word, CommandResult result)
    {
        var known = new List<string>(result.Command.Subcommands.Select(command => command.Name));
        for (SymbolResult? at = result; at is CommandResult command; at = at.Parent)
            known.AddRange(command.Command.Options.Where(option => !option.Hidden && (at == result || option.Recursive)).Select(option => option.Name));
        return NearestWord.To(word, known);
    }
}
