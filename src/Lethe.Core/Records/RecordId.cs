using System.Globalization;
using System.Text.Json.Serialization;

namespace Lethe.Core.Records;

/// <summary>The number of a record in its source, counted from 0.</summary>
/// <param name="Value">0 … N−1.</param>
[JsonConverter(typeof(RecordIdConverter))]
public readonly record struct RecordId(int Value) : IComparable<RecordId>
{
    /// <inheritdoc/>
    public int CompareTo(RecordId other) => Value.CompareTo(other.Value);

    /// <summary>The number in invariant digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Orders by number.</summary>
    public static bool operator <(RecordId left, RecordId right) => left.Value < right.Value;

    /// <summary>Orders by number.</summary>
    public static bool operator >(RecordId left, RecordId right) => left.Value > right.Value;

    /// <summary>Orders by number.</summary>
    public static bool operator <=(RecordId left, RecordId right) => left.Value <= right.Value;

    /// <summary>Orders by number.</summary>
    public static bool operator >=(RecordId left, RecordId right) => left.Value >= right.Value;
}
