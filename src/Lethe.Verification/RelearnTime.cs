using Lethe.Core.Numerics;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Training;

namespace Lethe.Verification;

/// <summary>
/// How many mini-batches of fine-tuning on the forgotten records bring a model back to what the original knew of them (Tarun et al.,
/// arXiv 2111.08947): few where the knowledge was only hidden. To be read beside gold's.
/// </summary>
/// <param name="Batches">Mini-batches until the target was reached, or the most that were allowed; 0 where it was never below.</param>
/// <param name="Epochs">The same in passes over the records.</param>
/// <param name="Capped">Whether the target was not reached: then the figure is only a lower bound.</param>
/// <param name="Target">Accuracy that had to be reached.</param>
/// <param name="Reached">Accuracy at the end.</param>
public sealed record RelearnTime(int Batches, double Epochs, bool Capped, double Target, double Reached)
{
    /// <summary>Share of the original's accuracy that may be missing.</summary>
    public const double Margin = 0.05;

    /// <summary>Rate of Adam.</summary>
    public const double LearningRate = 1e-3;

    /// <summary>Records of a full mini-batch.</summary>
    public const int BatchSize = 256;

    /// <summary>Passes over the records after which it is given up.</summary>
    public const int MostEpochs = 10;

    private const int TestedAtOnce = 1000;

    /// <summary>Fine-tunes the model, and looks at it after every mini-batch.</summary>
    /// <param name="module">The model; it is changed.</param>
    /// <param name="recipe">The resolved recipe: normalisation, arithmetic and device.</param>
    /// <param name="data">Where the records are.</param>
    /// <param name="records">The forgotten records, at least one.</param>
    /// <param name="originalAccuracy">Accuracy of the original model on <paramref name="tested"/>, in [0, 1].</param>
    /// <param name="seed">Decides the order of the records.</param>
    /// <param name="tested">The forgotten records that the accuracy is measured on; null: all.</param>
    /// <param name="cancellation">Stops between two mini-batches.</param>
    /// <exception cref="ArgumentException">There is no record.</exception>
    public static RelearnTime Measure(
        torch.nn.Module<Tensor, Tensor> module, Recipe recipe, TensorDataset data, IReadOnlyList<int> records, double originalAccuracy, ulong seed,
        IReadOnlyList<int>? tested = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(records);
        if (records.Count == 0) throw new ArgumentException("There is no record to relearn.", nameof(records));
        using var learner = new Relearner(module, recipe, data, seed);
        var (target, batches) = ((1 - Margin) * originalAccuracy, 0);
        int[] asked = [.. tested ?? records];
        var reached = learner.Accuracy(asked, TestedAtOnce, cancellation);
        for (var epoch = 0; epoch < MostEpochs && reached < target; epoch++)
        {
            int[] order = [.. records];
            new CounterRandom(seed, (ulong)epoch).Shuffle<int>(order);
            foreach (var batch in MiniBatches(order))
            {
                cancellation.ThrowIfCancellationRequested();
                learner.Step(batch);
                batches++;
                reached = learner.Accuracy(asked, TestedAtOnce, cancellation);
                if (reached >= target) break;
            }
        }
        return new RelearnTime(batches, (double)batches * BatchSize / records.Count, reached < target, target, reached);
    }

    /// <summary>Full batches; a rest of one joins the batch before, because batch normalisation needs two.</summary>
    private static IEnumerable<int[]> MiniBatches(int[] order)
    {
        for (var start = 0; start < order.Length;)
        {
            var left = order.Length - start;
            var count = left == BatchSize + 1 ? left : Math.Min(BatchSize, left);
            yield return order[start..(start + count)];
            start += count;
        }
    }
}
