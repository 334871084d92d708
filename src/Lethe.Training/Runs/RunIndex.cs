using System.Text.Json.Serialization;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Training.Training;

namespace Lethe.Training.Runs;

/// <summary>The state of a run: what its checkpoints are and what it has forgotten. Replaced as a whole, never edited.</summary>
public sealed record RunIndex
{
    /// <summary>Number of commits before this one.</summary>
    public required int Generation { get; init; }

    /// <summary>How far the run is.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Digests of M_0 … M_B; null where not trained yet.</summary>
    public required IReadOnlyList<Digest?> Checkpoints { get; init; }

    /// <summary>Record numbers that the run has forgotten, ascending.</summary>
    public IReadOnlyList<int> Deleted { get; init; } = [];

    /// <summary>Digest of the model that is served; null before the last block is trained.</summary>
    public Digest? Served { get; init; }

    /// <summary>Requests served, oldest first.</summary>
    public IReadOnlyList<HistoryEntry> History { get; init; } = [];

    /// <summary>Training noise of some blocks; null before it is measured.</summary>
    public NoiseFloor? NoiseFloor { get; init; }

    /// <summary>Cost and loss of the training of block k at index k − 1; null where not trained yet.</summary>
    public required IReadOnlyList<BlockResult?> Costs { get; init; }

    /// <summary>What the training of the run cost.</summary>
    public CostAccount TrainingCost { get; init; } = CostAccount.Zero;

    /// <summary>Samples and seconds of a few training steps on a copy of an imported model, which plans price its work by; null elsewhere.</summary>
    public CostAccount? TrialCost { get; init; }

    /// <summary>Where plain training stands between two epochs; null elsewhere.</summary>
    public UnfinishedBlock? Unfinished { get; init; }

    /// <summary>Number of the newest block whose checkpoint is there; −1 without even M_0.</summary>
    [JsonIgnore]
    public int LastTrainedBlock
    {
        get
        {
            var last = -1;
            while (last + 1 < Checkpoints.Count && Checkpoints[last + 1] is not null)
            {
                last++;
            }
            return last;
        }
    }

    /// <summary>The request that destroyed a checkpoint because it knew its records; null where the checkpoint is there or was never made.</summary>
    /// <param name="block">0 for the initial model … B.</param>
    public HistoryEntry? DestroyerOf(int block) => Status == RunStatus.Ready && Checkpoints[block] is null
        ? History.LastOrDefault(entry => entry.FirstBlock <= block && entry.LastBlock is null)
        : null;

    /// <summary>Digest of the weights trained elsewhere that the recipe starts from; null: none.</summary>
    public Digest? InitialWeights { get; init; }

    /// <summary>The index of a run before training.</summary>
    /// <param name="blocks">Number of blocks B.</param>
    /// <param name="initialWeights">Digest of the weights that training starts from; null: random ones.</param>
    public static RunIndex Empty(int blocks, Digest? initialWeights = null) => new()
    {
        InitialWeights = initialWeights,
        Generation = 0,
        Status = RunStatus.Training,
        Checkpoints = new Digest?[blocks + 1],
        Costs = new BlockResult?[blocks],
    };

    /// <summary>Digests of all objects that this index needs.</summary>
    public IReadOnlySet<Digest> References()
    {
        var references = Checkpoints.OfType<Digest>().ToHashSet();
        if (Served is { } served)
        {
            references.Add(served);
        }
        if (InitialWeights is { } initial)
        {
            references.Add(initial);
        }
        if (Unfinished is { } unfinished)
        {
            references.Add(unfinished.Model);
            references.Add(unfinished.Optimizer);
        }
        return references;
    }

    /// <summary>Gives the index with one more trained block.</summary>
    /// <param name="block">0 for the initial model, else the block's number.</param>
    /// <param name="checkpoint">Its checkpoint.</param>
    /// <param name="result">Its cost; null for block 0.</param>
    /// <param name="bytes">Size of the checkpoint.</param>
    internal RunIndex WithBlock(int block, Digest checkpoint, BlockResult? result, long bytes)
    {
        Digest?[] checkpoints = [.. Checkpoints];
        BlockResult?[] costs = [.. Costs];
        checkpoints[block] = checkpoint;
        if (result is not null)
        {
            costs[block - 1] = result;
        }
        return this with
        {
            Checkpoints = checkpoints,
            Costs = costs,
            Unfinished = null,
            TrainingCost = TrainingCost + new CostAccount(result?.Samples ?? 0, result?.Seconds ?? 0, bytes, 0),
        };
    }

    /// <summary>Gives the index without the newest trained block, whose cost it keeps: that work was done.</summary>
    internal RunIndex WithoutBlock(int block)
    {
        Digest?[] checkpoints = [.. Checkpoints];
        checkpoints[block] = null;
        return this with { Checkpoints = checkpoints };
    }
}
