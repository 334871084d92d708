using Lethe.Core.Plans;
using Lethe.Methods.Options;

namespace Lethe.Methods;

/// <summary>What a method is, what it asks for and what it promises.</summary>
/// <param name="Name">The name on the command line, for example <c>deep-obliviate</c>.</param>
/// <param name="Title">A line for people.</param>
/// <param name="Granularity">What it can forget.</param>
/// <param name="Needs">What it must be given.</param>
/// <param name="Guarantee">The best that it can promise.</param>
/// <param name="Source">Where the method comes from.</param>
public sealed record MethodDescriptor(
    string Name, string Title, Granularity Granularity, MethodNeeds Needs, Guarantee Guarantee, string Source)
{
    /// <summary>The options that it takes.</summary>
    public IReadOnlyList<MethodOption> Options { get; init; } = [];

    /// <summary>Refuses options that contradict each other; null: none can.</summary>
    internal Action<OptionValues>? Contradictions { get; init; }

    /// <summary>What it can forget, in words.</summary>
    public IReadOnlyList<string> GranularityWords =>
        [.. new[] { Granularity.Records, Granularity.Subjects, Granularity.Classes }.Where(part => Granularity.HasFlag(part)).Select(part => part.ToString().ToLowerInvariant())];

    /// <summary>What it must be given, in words.</summary>
    public IReadOnlyList<string> NeedsWords => [.. Words.Where(word => Needs.HasFlag(word.Need)).Select(word => word.Text)];

    private static readonly (MethodNeeds Need, string Text)[] Words =
    [
        (MethodNeeds.ForgetSet, "the records to forget"),
        (MethodNeeds.RetainSet, "retained records"),
        (MethodNeeds.Recipe, "the training recipe"),
        (MethodNeeds.BlockCheckpoints, "block checkpoints (train --scheme deep-obliviate)"),
        (MethodNeeds.Shards, "shards (train --scheme sisa)"),
    ];
}
