using System.Globalization;
using Lethe.Core.Errors;

namespace Lethe.Operations;

/// <summary>Reads a value of an enumeration by its name.</summary>
internal static class NamedValue
{
    /// <param name="text">The name, in any case; null: not given.</param>
    /// <param name="name">What error messages call the option.</param>
    /// <param name="otherwise">The value where none is given.</param>
    /// <exception cref="UsageException">There is no such value.</exception>
    public static T Of<T>(string? text, string name, T otherwise) where T : struct, Enum
    {
        if (text is null)
            return otherwise;
        return !char.IsDigit(text, 0) && Enum.TryParse<T>(text, ignoreCase: true, out var value)
            ? value
            : throw new UsageException($"There is no {name} '{text}'; choose one of {string.Join(", ", Enum.GetNames<T>()).ToLower(CultureInfo.InvariantCulture)}.");
    }
}
