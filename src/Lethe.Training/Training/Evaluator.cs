using Lethe.Torch;
using Lethe.Training.Datasets;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Training.Training;

/// <summary>Runs a model over records without gradients, in evaluation mode and 32-bit floats.</summary>
/// <param name="batchSize">Records of one forward pass.</param>
public sealed class Evaluator(int batchSize = Evaluator.DefaultBatchSize)
{
    /// <summary>Default batch size.</summary>
    public const int DefaultBatchSize = 1000;

    /// <summary>Evaluates a model; its training mode is restored afterwards.</summary>
    /// <param name="module">Model that takes normalised samples and gives logits (n, classes).</param>
    /// <param name="dataset">Where the records are.</param>
    /// <param name="normalization">How the samples are normalised: the recipe's.</param>
    /// <param name="records">Record numbers; null: all.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    public EvaluationResult Evaluate(
        torch.nn.Module<Tensor, Tensor> module,
        TensorDataset dataset,
        Normalization normalization,
        IReadOnlyList<int>? records = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(normalization);
        int[] chosen = records is null ? [.. Enumerable.Range(0, dataset.Manifest.Count)] : [.. records];
        var classes = dataset.Manifest.ClassCount;
        var losses = new float[chosen.Length];
        var predictions = new int[chosen.Length];
        var probabilities = new float[chosen.Length, classes];
        var labels = Array.ConvertAll(chosen, record => dataset.Manifest.Labels[record]);
        Forward(module, dataset, normalization, chosen, (start, index, logits) =>
        {
            var target = dataset.Labels.index_select(0, index);
            F.cross_entropy(logits, target, reduction: torch.nn.Reduction.None).data<float>().CopyTo(losses, start);
            var softmax = logits.softmax(1).data<float>();
            var best = logits.argmax(1).data<long>();
            for (var i = 0; i < best.Length; i++)
            {
                predictions[start + i] = (int)best[i];
            }
            Buffer.BlockCopy(softmax, 0, probabilities, start * classes * sizeof(float), softmax.Length * sizeof(float));
        }, cancellation);
        var hits = predictions.Where((prediction, i) => prediction == labels[i]).Count();
        return new EvaluationResult(
            chosen.Length == 0 ? double.NaN : (double)hits / chosen.Length, losses, predictions, probabilities, labels);
    }

    /// <summary>The logits of all records, (N, classes); the model's training mode is restored afterwards.</summary>
    /// <inheritdoc cref="Evaluate"/>
    public float[,] Logits(
        torch.nn.Module<Tensor, Tensor> module, TensorDataset dataset, Normalization normalization, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(normalization);
        var all = new float[dataset.Count, dataset.Manifest.ClassCount];
        var rowBytes = dataset.Manifest.ClassCount * sizeof(float);
        Forward(module, dataset, normalization, [.. Enumerable.Range(0, dataset.Count)], (start, _, logits) =>
        {
            var values = logits.contiguous().data<float>();
            Buffer.BlockCopy(values, 0, all, start * rowBytes, values.Length * sizeof(float));
        }, cancellation);
        return all;
    }

    private void Forward(
        torch.nn.Module<Tensor, Tensor> module, TensorDataset dataset, Normalization normalization, int[] records,
        Action<int, Tensor, Tensor> use, CancellationToken cancellation)
    {
        var wasTraining = module.training;
        module.eval();
        try
        {
            using var noGrad = torch.no_grad();
            for (var start = 0; start < records.Length; start += batchSize)
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = torch.NewDisposeScope();
                var count = Math.Min(batchSize, records.Length - start);
                var index = torch.tensor(Array.ConvertAll(records[start..(start + count)], record => (long)record));
                var device = module.parameters().First().device;
                var logits = module.forward(normalization.Apply(dataset.Samples.index_select(0, index)).to(device))
                    .to(torch.CPU).to(ScalarType.Float32);
                use(start, index, logits);
            }
        }
        finally
        {
            module.train(wasTraining);
        }
    }
}
