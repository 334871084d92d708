using System.Globalization;
using Lethe.Core.Errors;

namespace Lethe.Methods.Options;

/// <summary>An option that a method declares: name, form, range, default and what it does. Command line, checks and help all come from it.</summary>
public sealed record MethodOption
{
    private MethodOption(string name, OptionKind kind, string? fallback, string help) =>
        (Name, Kind, Default, Help) = (name, kind, fallback, help);

    /// <summary>Its name without dashes, for example <c>noise-steps</c>.</summary>
    public string Name { get; }

    /// <summary>The form of its value.</summary>
    public OptionKind Kind { get; }

    /// <summary>The value that is used when none is given; null: see <see cref="Help"/>.</summary>
    public string? Default { get; }

    /// <summary>What it does, in one sentence, with the source of an unusual default.</summary>
    public string Help { get; }

    /// <summary>The least value of a number.</summary>
    public double Minimum { get; private init; } = double.NegativeInfinity;

    /// <summary>The largest value of a number.</summary>
    public double Maximum { get; private init; } = double.PositiveInfinity;

    /// <summary>Whether a number must be above <see cref="Minimum"/>, not only at it.</summary>
    public bool AboveMinimum { get; private init; }

    /// <summary>The words of a <see cref="OptionKind.Word"/>.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    /// <summary>An option that is on when it is given.</summary>
    public static MethodOption Flag(string name, string help) => new(name, OptionKind.Flag, "false", help);

    /// <summary>A whole number in [<paramref name="minimum"/>, <paramref name="maximum"/>].</summary>
    public static MethodOption Whole(string name, long? fallback, string help, long minimum = 1, long maximum = int.MaxValue) =>
        new(name, OptionKind.Whole, fallback?.ToString(CultureInfo.InvariantCulture), help) { Minimum = minimum, Maximum = maximum };

    /// <summary>A number above 0.</summary>
    public static MethodOption Positive(string name, double? fallback, string help) =>
        Number(name, fallback, help, 0) with { AboveMinimum = true };

    /// <summary>A number in [<paramref name="minimum"/>, <paramref name="maximum"/>].</summary>
    public static MethodOption Number(
        string name, double? fallback, string help, double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity) =>
        new(name, OptionKind.Number, fallback?.ToString("R", CultureInfo.InvariantCulture), help) { Minimum = minimum, Maximum = maximum };

    /// <summary>One of some words; the first is the default.</summary>
    public static MethodOption Word(string name, string help, params IReadOnlyList<string> choices) =>
        new(name, OptionKind.Word, choices[0], help) { Choices = choices };

    /// <summary>Any text that is not empty; none by default.</summary>
    public static MethodOption Text(string name, string help) => new(name, OptionKind.Text, null, help);

    /// <summary>Brings a value to its canonical text.</summary>
    /// <exception cref="UsageException">It does not parse or is out of range.</exception>
    internal string Read(string text) => Kind switch
    {
        OptionKind.Flag => bool.TryParse(text, out var on) ? (on ? "true" : "false") : throw Bad(text, "is on or off: give true or false"),
        OptionKind.Whole => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? InRange(whole, text).ToString(CultureInfo.InvariantCulture)
            : throw Bad(text, "must be a whole number"),
        OptionKind.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? Number(number, text)
            : throw Bad(text, "must be a number"),
        OptionKind.Text => text.Length > 0 ? text : throw Bad(text, "must not be empty"),
        _ => Choices.Contains(text, StringComparer.OrdinalIgnoreCase) ? text.ToLowerInvariant() : throw Bad(text, $"must be one of {string.Join(", ", Choices)}"),
    };

    private string Number(double number, string text)
    {
        InRange(number, text);
        return number.ToString("R", CultureInfo.InvariantCulture);
    }

    private double InRange(double number, string text)
    {
        if (number < Minimum || (AboveMinimum && number <= Minimum))
            throw Bad(text, string.Create(CultureInfo.InvariantCulture, $"must be {(AboveMinimum ? "above" : "at least")} {Minimum}"));
        return number <= Maximum ? number : throw Bad(text, string.Create(CultureInfo.InvariantCulture, $"must be at most {Maximum}"));
    }

    private UsageException Bad(string text, string demand) => new($"--{Name} {text}: it {demand}.");
}
