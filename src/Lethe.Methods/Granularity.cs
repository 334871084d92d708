namespace Lethe.Methods;

/// <summary>What a method can forget.</summary>
[Flags]
public enum Granularity
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Single records.</summary>
    Records = 1,

    /// <summary>All records of people.</summary>
    Subjects = 2,

    /// <summary>Whole classes.</summary>
    Classes = 4,

    /// <summary>Anything that can be selected.</summary>
    Any = Records | Subjects | Classes,
}
