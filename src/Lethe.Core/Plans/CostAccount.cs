namespace Lethe.Core.Plans;

/// <summary>What work did cost.</summary>
/// <param name="Samples">Training samples processed, epochs counted.</param>
/// <param name="Seconds">Seconds by the clock; where several processes shared the work, the sum of theirs.</param>
/// <param name="BytesWritten">Bytes of the objects that the store holds besides those that it held before.</param>
/// <param name="BytesRead">Bytes read from the store.</param>
public sealed record CostAccount(long Samples, double Seconds, long BytesWritten, long BytesRead)
{
    /// <summary>No cost at all.</summary>
    public static CostAccount Zero { get; } = new(0, 0, 0, 0);

    /// <summary>Adds two accounts member by member.</summary>
    public static CostAccount operator +(CostAccount left, CostAccount right) => new(
        left.Samples + right.Samples, left.Seconds + right.Seconds,
        left.BytesWritten + right.BytesWritten, left.BytesRead + right.BytesRead);

    /// <summary>Adds another account member by member.</summary>
    public CostAccount Add(CostAccount other) => this + other;
}
