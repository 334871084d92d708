namespace Lethe.Bench.Results;

/// <summary>One measured figure.</summary>
/// <param name="Dataset">The data set, with its variant.</param>
/// <param name="Model">The model's catalogue name.</param>
/// <param name="Scenario">What was asked for, for example <c>one-record</c>.</param>
/// <param name="Method">The method with its mode, for example <c>deep-obliviate/floor</c>, or <c>gold</c>, <c>original</c>.</param>
/// <param name="Seed">The training seed.</param>
/// <param name="Metric">The name of the figure, with its unit where it has one.</param>
/// <param name="Value">The figure, a finite number.</param>
public sealed record ResultRow(string Dataset, string Model, string Scenario, string Method, ulong Seed, string Metric, double Value);
