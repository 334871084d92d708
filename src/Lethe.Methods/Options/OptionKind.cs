namespace Lethe.Methods.Options;

/// <summary>The form of an option's value.</summary>
public enum OptionKind
{
    /// <summary>On or off; off by default.</summary>
    Flag,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A real number.</summary>
    Number,

    /// <summary>One of some words.</summary>
    Word,

    /// <summary>Any text.</summary>
    Text,
}
