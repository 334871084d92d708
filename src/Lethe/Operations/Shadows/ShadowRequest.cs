using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Records;

namespace Lethe.Operations;

/// <summary>
/// The records that an attack with shadow models asks about. Half of the models learn a record and forget it, half never see it: the models
/// come in pairs, of which one learns a random half of the records (or people) and the other one the rest.
/// </summary>
public sealed record ShadowRequest
{
    private const ulong SeedStream = 0x53484144, SplitStream = 0x53504C49;

    /// <summary>The records in question, ascending.</summary>
    public required IReadOnlyList<int> Targets { get; init; }

    /// <summary>Records that no model may see, because earlier requests forgot them; ascending.</summary>
    public IReadOnlyList<int> Earlier { get; init; } = [];

    /// <summary>What stays together.</summary>
    public ShadowUnit Unit { get; init; }

    /// <summary>Models of each kind for every record, at least 2.</summary>
    public required int PerSide { get; init; }

    /// <summary>Decides the halves and the training seeds.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Methods that make the models forget.</summary>
    public IReadOnlyList<ShadowMethod> Methods { get; init; } = [];

    /// <summary>Two jobs for each of <see cref="PerSide"/> splits: every target is learned by exactly one of the two.</summary>
    /// <param name="data">The training data.</param>
    /// <exception cref="UsageException">There are too few models a side.</exception>
    public IReadOnlyList<ShadowJob> Jobs(DatasetManifest data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (PerSide < 2)
            throw new UsageException($"--shadows {PerSide}: an attack needs at least 2 shadow models that learned a record and 2 that did not; 32 give steady figures.");
        var units = Units(data);
        var jobs = new List<ShadowJob>();
        for (int pair = 0; pair < PerSide; pair++)
        {
            int[][] order = [.. units];
            new CounterRandom(Seed, SplitStream, (ulong)pair).Shuffle<int[]>(order);
            int half = (order.Length + pair % 2) / 2; // of an odd number, the larger part goes to either model in turn
            jobs.Add(Job(2 * pair, [.. order.Take(half).SelectMany(unit => unit).Order()]));
            jobs.Add(Job(2 * pair + 1, [.. order.Skip(half).SelectMany(unit => unit).Order()]));
        }

        return jobs;
    }

    /// <summary>A model that never sees the targets: gold.</summary>
    /// <param name="seed">Its training seed.</param>
    public ShadowJob Gold(ulong seed) => new() { Seed = seed, Excluded = [.. Earlier.Union(Targets).Order()] };

    /// <summary>The training seed of a job's model.</summary>
    /// <param name="number">Its place in <see cref="Jobs"/>.</param>
    internal ulong SeedOf(int number) => CounterRandom.DeriveSeed(Seed, SeedStream, (ulong)number);

    private ShadowJob Job(int number, int[] learned) => new()
    {
        Seed = SeedOf(number),
        Excluded = [.. Earlier.Union(Targets.Except(learned)).Order()],
        Forgotten = learned,
        Unit = Unit,
        Methods = Methods,
    };

    private List<int[]> Units(DatasetManifest data) => Unit == ShadowUnit.Subjects && data.Subjects is { } subjects
        ? [.. Targets.GroupBy(record => subjects[record]).Select(group => group.ToArray())]
        : [.. Targets.Select(record => new[] { record })];
}
