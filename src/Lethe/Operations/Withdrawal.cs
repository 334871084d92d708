namespace Lethe.Operations;

/// <summary>What <c>withdrawn.json</c> keeps of a request that was given up.</summary>
/// <param name="At">When.</param>
/// <param name="Was">How far it was.</param>
/// <param name="Reason">Why, in somebody's words.</param>
internal sealed record Withdrawal(DateTimeOffset At, RequestState Was, string? Reason);
