namespace Lethe;

/// <summary>Which records to forget, in exactly one of four ways. A text <c>@FILE</c> reads one entry a line.</summary>
public sealed record RecordSelection
{
    /// <summary>Record numbers and ranges, such as <c>17,23,40-50</c>.</summary>
    public string? Records { get; init; }

    /// <summary>People, such as <c>alice,bob</c>.</summary>
    public string? Subjects { get; init; }

    /// <summary>Classes by index or name, such as <c>0,coat</c>.</summary>
    public string? Classes { get; init; }

    /// <summary>An SQL predicate over the metadata columns, such as <c>age &lt; 18</c>.</summary>
    public string? Where { get; init; }
}
