using Lethe.Core.Steps;

namespace Lethe;

/// <summary>Steps of a run that were executed again.</summary>
/// <param name="Run">The run directory.</param>
/// <param name="Report">The file that holds <paramref name="Replay"/> as canonical JSON.</param>
/// <param name="Replay">What came out.</param>
public sealed record ReplaySummary(string Run, string Report, ReplayReport Replay);
