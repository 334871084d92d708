using Lethe.Core.Numerics;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Training;

namespace Lethe.Verification;

/// <summary>
/// A few steps of fine-tuning on the forgotten records: what was only hidden comes back sooner than what was never known. All models that
/// are compared see the same batches in the same order.
/// </summary>
public static class Relearning
{
    /// <summary>Records of a mini-batch; smaller sets are one batch.</summary>
    public const int BatchSize = 64;

    /// <summary>Fine-tunes the model by Adam at <see cref="RelearnTime.LearningRate"/>.</summary>
    /// <param name="module">The model; it is changed.</param>
    /// <param name="recipe">The resolved recipe: normalisation, arithmetic and device.</param>
    /// <param name="data">Where the records are.</param>
    /// <param name="records">The forgotten records, at least one; a single one is taken twice, because batch normalisation needs two.</param>
    /// <param name="steps">Number of mini-batches; the records are gone through again and again.</param>
    /// <param name="seed">Decides the order of the records.</param>
    /// <param name="cancellation">Stops between two mini-batches.</param>
    /// <exception cref="ArgumentException">There is no record.</exception>
    public static void Run(
        torch.nn.Module<Tensor, Tensor> module, Recipe recipe, TensorDataset data, IReadOnlyList<int> records, int steps, ulong seed,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(records);
        if (records.Count == 0) throw new ArgumentException("There is no record to relearn.", nameof(records));
        using var learner = new Relearner(module, recipe, data, seed);
        int[] order = records.Count == 1 ? [records[0], records[0]] : [.. records];
        var (size, next, pass) = (Math.Min(BatchSize, order.Length), order.Length, 0UL);
        for (var step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (next + size > order.Length)
            {
                new CounterRandom(seed, pass++).Shuffle<int>(order);
                next = 0;
            }
            learner.Step(order[next..(next + size)]);
            next += size;
        }
    }
}
