using Lethe.Core.Numerics;
using Lethe.Methods.Editing;
using Lethe.Torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Unsir;

/// <summary>The two epochs that follow the noise, both with Adam and cross-entropy.</summary>
internal static class ImpairRepair
{
    private const ulong OrderPurpose = 2;

    /// <summary>One epoch over copies of the noise, labelled with their class, shuffled into retained records.</summary>
    /// <param name="edit">The edited model is trained.</param>
    /// <param name="settings">Rate, copies and batch size.</param>
    /// <param name="retained">The retained part.</param>
    /// <param name="classes">The classes that the noise stands for.</param>
    /// <param name="noise">(classes · B, …) class after class; null: none.</param>
    /// <returns>The mean loss of the batches.</returns>
    public static double Impair(Edit edit, UnsirSettings settings, RecordSet retained, IReadOnlyList<int> classes, Tensor? noise)
    {
        var used = noise is null ? 0 : settings.UsedNoise(edit.Task.Run.Dataset.SampleShape);
        var rows = classes.Count * used;
        var items = new int[retained.Count + rows * settings.Copies];
        for (var i = 0; i < items.Length; i++) items[i] = i < retained.Count ? i : -1 - (i - retained.Count) % rows;
        new CounterRandom(edit.Seed(OrderPurpose)).Shuffle<int>(items);
        return Pass(edit, settings.ImpairRate, 1, epoch => Batches(items, settings.BatchSize).Select(batch =>
        {
            var drawn = Array.FindAll(batch, item => item >= 0);
            var made = Array.ConvertAll(Array.FindAll(batch, item => item < 0), item => -1 - item);
            edit.Count(made.Length);
            var parts = new List<(Tensor Input, Tensor Target)>();
            if (drawn.Length > 0)
            {
                var read = edit.Read(Array.ConvertAll(drawn, item => retained.Records[item]));
                parts.Add((read.Input, read.Target));
            }
            if (made.Length > 0)
            {
                var index = torch.tensor(Array.ConvertAll(made, row => (long)(row / used * settings.NoiseBatch + row % used)));
                var labels = torch.tensor(Array.ConvertAll(made, row => settings.AsPublished ? 0L : classes[row / used]));
                parts.Add((noise!.index_select(0, index.to(noise.device)), labels.to(noise.device)));
            }
            return (torch.cat([.. parts.Select(part => part.Input)]), torch.cat([.. parts.Select(part => part.Target)]));
        }));
    }

    /// <summary>Epochs over the retained part alone, with a new optimizer.</summary>
    /// <returns>The mean loss of the last epoch's batches.</returns>
    public static double Repair(Edit edit, UnsirSettings settings, RecordSet retained) =>
        Pass(edit, settings.RepairRate, settings.RepairEpochs, epoch => edit.Batches(retained, settings.BatchSize, epoch).Select(records =>
        {
            var batch = edit.Read(records);
            return (batch.Input, batch.Target);
        }));

    /// <summary>Trains the edited model by a new Adam.</summary>
    /// <param name="edit">The edited model is trained.</param>
    /// <param name="rate">Adam's rate.</param>
    /// <param name="epochs">Number of passes.</param>
    /// <param name="batches">Inputs and labels of a pass; each batch is made in a dispose scope of its own.</param>
    /// <returns>The mean loss of the last pass; NaN without one.</returns>
    private static double Pass(Edit edit, double rate, int epochs, Func<int, IEnumerable<(Tensor Input, Tensor Target)>> batches)
    {
        edit.Module.train();
        using var optimizer = torch.optim.Adam(edit.Module.parameters(), rate);
        var mean = double.NaN;
        for (var epoch = 0; epoch < epochs; epoch++) mean = Epoch(optimizer, edit.Logits, batches(epoch), edit.Cancellation);
        return mean;
    }

    /// <summary>One step down the cross-entropy for each batch.</summary>
    /// <returns>The mean loss of the batches.</returns>
    public static double Epoch(
        torch.optim.Optimizer optimizer, Func<Tensor, Tensor> logits, IEnumerable<(Tensor Input, Tensor Target)> batches, CancellationToken cancellation)
    {
        var (sum, count) = (0.0, 0);
        using var each = batches.GetEnumerator();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            if (!each.MoveNext()) return count == 0 ? double.NaN : sum / count;
            var loss = F.cross_entropy(logits(each.Current.Input), each.Current.Target);
            optimizer.Step(loss);
            sum += loss.ToDouble();
            count++;
        }
    }

    private static IEnumerable<int[]> Batches(int[] items, int size)
    {
        var start = 0;
        foreach (var count in BatchSizes.Of(items.Length, size))
        {
            yield return items[start..(start + count)];
            start += count;
        }
    }
}
