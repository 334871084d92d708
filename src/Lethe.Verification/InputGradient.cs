using Lethe.Torch;
using Lethe.Training.Datasets;

namespace Lethe.Verification;

/// <summary>
/// What in a sample moves a model's answer: the derivative of the logit of the true class by each input value (Simonyan et al.,
/// arXiv 1312.6034). The logit, and not the loss, because the loss of a record that the model is sure of has no slope left.
/// </summary>
public static class InputGradient
{
    private const double FullStrength = 0.99;

    /// <summary>The derivatives, ∂ logit_y / ∂ x; the model is asked in evaluation mode, and its mode is restored.</summary>
    /// <param name="module">Model that takes normalised samples and gives logits (n, classes).</param>
    /// <param name="input">(n, …) normalised Float32 samples.</param>
    /// <param name="labels">(n) true classes.</param>
    /// <returns>A tensor of the shape of <paramref name="input"/>, on the CPU.</returns>
    /// <exception cref="ArgumentException">There is not one label a sample.</exception>
    public static Tensor Of(torch.nn.Module<Tensor, Tensor> module, Tensor input, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(labels);
        if (input.shape[0] != labels.Count) throw new ArgumentException($"{input.shape[0]} samples need as many labels; there are {labels.Count}.", nameof(labels));
        var wasTraining = module.training;
        module.eval();
        try
        {
            using var scope = torch.NewDisposeScope();
            var point = input.to(module.parameters().First().device).detach().clone().requires_grad_();
            var logits = module.forward(point).to(ScalarType.Float32);
            var index = torch.tensor(labels.Select(label => (long)label).ToArray()).to(logits.device).reshape(labels.Count, 1);
            var own = logits.gather(1, index).sum();
            return torch.autograd.grad([own], [point])[0]!.to(torch.CPU).MoveToOuterDisposeScope();
        }
        finally
        {
            module.train(wasTraining);
        }
    }

    /// <summary>Maps of pictures: the largest absolute derivative over the channels of each pixel, 1 at the 99th percentile of the picture and above.</summary>
    /// <param name="module">Model that takes normalised samples and gives logits.</param>
    /// <param name="data">Pictures of shape (channels, height, width).</param>
    /// <param name="normalization">The recipe's.</param>
    /// <param name="records">Which of them.</param>
    /// <returns>One (height · width) map a record, in [0, 1], rows from top to bottom; zeros where nothing moves the answer.</returns>
    public static float[][] Maps(torch.nn.Module<Tensor, Tensor> module, TensorDataset data, Normalization normalization, IReadOnlyList<int> records)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(normalization);
        using var scope = torch.NewDisposeScope();
        var index = torch.tensor(records.Select(record => (long)record).ToArray());
        var gradient = Of(module, normalization.Apply(data.Samples.index_select(0, index)), [.. records.Select(record => data.Manifest.Labels[record])]).data<float>();
        var shape = data.Manifest.SampleShape;
        int channels = (int)shape[0], plane = (int)(shape[1] * shape[2]);
        return [.. records.Select((_, record) => Map(gradient.AsSpan(record * channels * plane, channels * plane), channels, plane))];
    }

    private static float[] Map(ReadOnlySpan<float> gradient, int channels, int plane)
    {
        var map = new float[plane];
        for (var channel = 0; channel < channels; channel++)
            for (var pixel = 0; pixel < plane; pixel++) map[pixel] = Math.Max(map[pixel], Math.Abs(gradient[channel * plane + pixel]));
        var sorted = map.Order().ToArray();
        var full = sorted[(int)(FullStrength * (plane - 1))];
        if (!(full > 0)) full = sorted[^1];
        for (var pixel = 0; pixel < plane; pixel++) map[pixel] = full > 0 ? Math.Min(1, map[pixel] / full) : 0;
        return map;
    }
}
