using System.CommandLine;

namespace Lethe.Cli.CommandLine;

/// <summary>Options whose value is one of many names: too many for the help's left column, where they would push every description away.</summary>
internal static class KnownNames
{
    /// <summary>Accepts only these names and completes them in shells; the help shows <paramref name="what"/> in their place.</summary>
    /// <param name="option">The option.</param>
    /// <param name="what">What is named, for example <c>method</c>.</param>
    /// <param name="names">The names.</param>
    public static void AcceptOnlyNames<T>(this Option<T> option, string what, IReadOnlyList<string> names)
    {
        option.HelpName = what.ToUpperInvariant();
        option.AcceptOnlyFromAmong([.. names]);
    }
}
