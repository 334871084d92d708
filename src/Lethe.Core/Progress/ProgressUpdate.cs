namespace Lethe.Core.Progress;

/// <summary>How far long work has come.</summary>
/// <param name="Stage">What is being done, as a user would call it.</param>
/// <param name="Done">Units finished.</param>
/// <param name="Total">Units in all; 0 when unknown.</param>
/// <param name="Detail">One more short remark, such as the current loss.</param>
public sealed record ProgressUpdate(string Stage, long Done, long Total, string? Detail = null);
