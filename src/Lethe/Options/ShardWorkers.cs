namespace Lethe;

/// <summary>How the shards of a SISA run, or shadow models, are trained by several processes at a time.</summary>
/// <param name="Program">The lethe program.</param>
/// <param name="Arguments">What comes before its command, such as the assembly when the program is dotnet.</param>
/// <param name="Most">At most this many processes; memory may allow fewer. Null: as many as there are cores for the run's threads.</param>
public sealed record ShardWorkers(string Program, IReadOnlyList<string> Arguments, int? Most);
