using Lethe.Core.Plans;

namespace Lethe.Methods;

/// <summary>What a method is and what it asks for, in words for tables and help.</summary>
/// <param name="Name">The name on the command line, for example <c>deep-obliviate</c>.</param>
/// <param name="Title">A line for people.</param>
/// <param name="Granularity">What it can forget: <c>records</c>, <c>subjects</c>, <c>classes</c>.</param>
/// <param name="Needs">What a run must hold for it.</param>
/// <param name="Guarantee">The best that it can promise.</param>
/// <param name="Source">Where the method comes from.</param>
public sealed record MethodDescriptor(
    string Name, string Title, IReadOnlyList<string> Granularity, IReadOnlyList<string> Needs, Guarantee Guarantee, string Source);
