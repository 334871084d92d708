using System.Globalization;
using Lethe.Core.Errors;

namespace Lethe.Methods.Options;

/// <summary>The options of one method, checked, with defaults filled in.</summary>
internal sealed class OptionValues(IReadOnlyDictionary<string, string> values, IReadOnlySet<string> given)
{
    /// <summary>As a plan carries them.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; } = values;

    /// <summary>Whether somebody set the option.</summary>
    public bool IsGiven(MethodOption option) => given.Contains(option.Name);

    /// <summary>Refuses options that somebody set although they would do nothing.</summary>
    /// <param name="because">What leaves them without effect, as on the command line, for example <c>--mask none</c>.</param>
    /// <param name="options">Options without effect.</param>
    /// <exception cref="UsageException">The first of them that is set.</exception>
    public void RefuseIdle(string because, params ReadOnlySpan<MethodOption> options)
    {
        foreach (var option in options)
        {
            if (IsGiven(option)) throw new UsageException($"--{option.Name} does nothing with {because}. Leave one of them out.");
        }
    }

    public bool Flag(MethodOption option) => bool.Parse(Texts[option.Name]);

    public int Whole(MethodOption option) => int.Parse(Texts[option.Name], CultureInfo.InvariantCulture);

    public int? WholeOrNull(MethodOption option) => Texts.ContainsKey(option.Name) ? Whole(option) : null;

    public double Number(MethodOption option) => double.Parse(Texts[option.Name], CultureInfo.InvariantCulture);

    public double? NumberOrNull(MethodOption option) => Texts.ContainsKey(option.Name) ? Number(option) : null;

    public string? TextOrNull(MethodOption option) => Texts.GetValueOrDefault(option.Name);

    public string Word(MethodOption option) => Texts[option.Name];

    public T Choice<T>(MethodOption option) where T : struct, Enum => Enum.Parse<T>(Word(option).Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
}
