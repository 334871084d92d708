using Lethe.Core.Numerics;
using Lethe.Torch;
using Lethe.Torch.Modules;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Methods.Parameters;

/// <summary>
/// Batch-norm statistics of a stitched model: never added (a sum of variances can turn negative) but measured anew by forward passes
/// over retained records, as an average over all batches. Counters keep the stored model's value.
/// </summary>
internal static class BatchNormReestimation
{
    /// <summary>At most this many blocks of retained records are read: more changes a channel's mean by well under its own noise.</summary>
    public const int MostBlocks = 10;

    private const ulong SeedPurpose = 0x424E; // "BN"

    public static bool IsNeeded(torch.nn.Module module)
    {
        var found = false;
        module.apply(part => found |= part is BatchNorm { running_mean: not null });
        return found;
    }

    /// <summary>Measures the statistics of <paramref name="module"/> in place.</summary>
    /// <returns>How many records were read.</returns>
    public static long Apply(
        torch.nn.Module<Tensor, Tensor> module, Run run, TensorDataset data, IReadOnlySet<int> deleted, CancellationToken cancellation)
    {
        var records = Choose(run, deleted);
        var read = 0L;
        Around(module, () => read = Forward(module, run.Recipe, data, records, cancellation));
        return read;
    }

    /// <summary>How many records <see cref="Apply"/> reads: a last one alone in its batch is left out.</summary>
    public static int RecordsRead(Run run, IReadOnlySet<int> deleted)
    {
        var chosen = Choose(run, deleted).Length;
        return chosen % run.Recipe.BatchSize == 1 ? chosen - 1 : chosen;
    }

    /// <summary>Sets the statistics back, and takes them as averages over the batches that <paramref name="forward"/> runs through the module.</summary>
    public static void Around(torch.nn.Module<Tensor, Tensor> module, Action forward)
    {
        var norms = new List<BatchNorm>();
        module.apply(part => { if (part is BatchNorm { running_mean: not null } norm) norms.Add(norm); });
        var counters = norms.ConvertAll(norm => norm.num_batches_tracked!.item<long>());
        var momenta = norms.ConvertAll(norm => norm.momentum);
        module.eval();
        foreach (var norm in norms)
        {
            norm.reset_running_stats();
            norm.momentum = null;
            norm.train();
        }
        forward();
        using var noGrad = torch.no_grad();
        for (var i = 0; i < norms.Count; i++)
        {
            norms[i].momentum = momenta[i];
            norms[i].num_batches_tracked!.fill_(counters[i]);
        }
    }

    private static int[] Choose(Run run, IReadOnlySet<int> deleted)
    {
        var blocks = Enumerable.Range(1, run.Partition.BlockCount).ToArray();
        var random = new CounterRandom(run.Recipe.Seed, SeedPurpose);
        random.Shuffle<int>(blocks);
        var records = blocks.Take(MostBlocks).SelectMany(block => run.Partition.Block(block).ToArray())
            .Where(record => !deleted.Contains(record)).ToArray();
        random.Shuffle<int>(records);
        return records;
    }

    private static long Forward(
        torch.nn.Module<Tensor, Tensor> module, Recipe recipe, TensorDataset data, int[] records, CancellationToken cancellation)
    {
        using var noGrad = torch.no_grad();
        var device = module.parameters().First().device;
        var read = 0L;
        for (var start = 0; start < records.Length; start += recipe.BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(recipe.BatchSize, records.Length - start);
            if (count < 2) break; // one record has no variance
            using var scope = torch.NewDisposeScope();
            var index = torch.tensor(Array.ConvertAll(records[start..(start + count)], record => (long)record));
            _ = module.forward(recipe.Normalization!.Apply(data.Samples.index_select(0, index)).to(device));
            read += count;
        }
        return read;
    }
}
