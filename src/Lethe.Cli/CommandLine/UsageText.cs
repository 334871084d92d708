using System.CommandLine;
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
        if (parsed.UnmatchedTokens.Count == 0 && parsed.CommandResult.Children.OfType<ArgumentResult>().All(result => result.Tokens.Count == 0)
            && command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0) is { } missing)
            return $"{subject} needs {missing.Name}: {char.ToLowerInvariant(missing.Description![0])}{missing.Description[1..]} {hint}";
        foreach (string word in parsed.UnmatchedTokens)
        {
            string kind = word.StartsWith('-') ? "option" : parsed.CommandResult.Command.Subcommands.Count > 0 ? "command" : "argument";
            string? nearest = Nearest(word, parsed.CommandResult);
            return $"{(subject is null ? "there is" : subject + " knows")} no {kind} '{word}'." + (nearest is null ? "" : $" Did you mean '{nearest}'?") + " " + hint;
        }

        return $"{message.TrimEnd('.')}{(message.EndsWith('?') ? "" : ".")} {hint}";
    }

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
