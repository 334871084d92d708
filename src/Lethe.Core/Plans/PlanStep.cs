namespace Lethe.Core.Plans;

/// <summary>One step of a plan.</summary>
/// <param name="Action">What is done, as a user would say it.</param>
/// <param name="Block">The block it concerns (1 … B), or null.</param>
/// <param name="Samples">Training samples it processes at most.</param>
public sealed record PlanStep(string Action, int? Block, long Samples);
