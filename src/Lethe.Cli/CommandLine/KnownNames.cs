using System.CommandLine;

namespace Lethe.Cli.CommandLine;

/// <summary>Options whose value is one of many names: too many for the help's left column, where they would push every description away.</summary>
internal static class KnownNames
{
    /// <summary>Accepts only these names, completes them in shells, and suggests the nearest one to whoever misspells it.</summary>
    /// <param name="option">The option.</param>
    /// <param name="what">What is named, for example <c>method</c>.</param>
    /// <param name="names">The names.</param>
    public static void AcceptOnlyNames<T>(this Option<T> option, string what, IReadOnlyList<string> names)
    {
        option.HelpName = what.ToUpperInvariant();
        option.CompletionSources.Add([.. names]);
        option.Validators.Add(result =>
        {
            foreach (string word in result.Tokens.Select(token => token.Value).Where(word => !names.Contains(word)))
            {
                string? nearest = NearestWord.To(word, names);
                result.AddError($"There is no {what} '{word}'." + (nearest is null ? $" Choose one of {string.Join(", ", names)}" : $" Did you mean '{nearest}'?"));
            }
        });
    }
}
