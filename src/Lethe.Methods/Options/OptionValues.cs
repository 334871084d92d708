using System.Globalization;

namespace Lethe.Methods.Options;

/// <summary>The options of one method, checked, with defaults filled in.</summary>
internal sealed class OptionValues(IReadOnlyDictionary<string, string> values, IReadOnlySet<string> given)
{
    /// <summary>As a plan carries them.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; } = values;

    /// <summary>Whether somebody set the option.</summary>
    public bool IsGiven(MethodOption option) => given.Contains(option.Name);

    public bool Flag(MethodOption option) => bool.Parse(Texts[option.Name]);

    public int Whole(MethodOption option) => int.Parse(Texts[option.Name], CultureInfo.InvariantCulture);

    public int? WholeOrNull(MethodOption option) => Texts.ContainsKey(option.Name) ? Whole(option) : null;

    public double Number(MethodOption option) => double.Parse(Texts[option.Name], CultureInfo.InvariantCulture);

    public double? NumberOrNull(MethodOption option) => Texts.ContainsKey(option.Name) ? Number(option) : null;

    public string? TextOrNull(MethodOption option) => Texts.GetValueOrDefault(option.Name);

    public string Word(MethodOption option) => Texts[option.Name];

    public T Choice<T>(MethodOption option) where T : struct, Enum => Enum.Parse<T>(Word(option).Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
}
