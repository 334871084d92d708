using Lethe.Core.Records;

namespace Lethe.Core.Steps;

/// <summary>A step that was executed again.</summary>
/// <param name="Block">Its number, 0 … B.</param>
/// <param name="Kind">Initial or trained.</param>
/// <param name="Expected">The checkpoint that the run holds.</param>
/// <param name="Got">The checkpoint that came out; null where the step could not be executed.</param>
/// <param name="Problem">What is wrong besides other bits: an input or output that is missing or damaged; null: nothing.</param>
/// <param name="Records">Records that were read; their number of slots less <paramref name="EmptySlots"/>.</param>
/// <param name="EmptySlots">Slots of forgotten records, which stayed empty.</param>
/// <param name="Inputs">
/// Digest of what was read: SHA-256 of <c>lethe-inputs-1</c>, a line feed, and for each retained record in the order of slots its slot (int32 little-endian), its raw
/// samples and its label (int32 little-endian). Null for the initial model.
/// </param>
/// <param name="Samples">Samples processed.</param>
/// <param name="Seconds">Wall time.</param>
public sealed record ReplayedStep(
    int Block, StepKind Kind, Digest Expected, Digest? Got, string? Problem, int Records, int EmptySlots, Digest? Inputs, long Samples, double Seconds)
{
    /// <summary>Whether the same bits came out and nothing else is wrong.</summary>
    public bool Equal => Got == Expected && Problem is null;
}
