using Lethe.Torch;
using Lethe.Training.Runs;

namespace Lethe.Methods.Baselines;

/// <summary>The fast gradient sign step (Goodfellow 2015) in normalised input space: images stay between black and white.</summary>
internal sealed class SignStep
{
    private readonly bool _images;
    private readonly float[] _mean, _std;
    private readonly double _bound;

    /// <param name="run">Gives normalization and sample shape.</param>
    /// <param name="bound">Share of black to white; in standard deviations where samples are no images.</param>
    public SignStep(Run run, double bound) =>
        (_images, _mean, _std, _bound) = (run.Dataset.SampleShape.Count == 3, [.. run.Normalization.Mean], [.. run.Normalization.Std], bound);

    /// <summary>Moves inputs up a loss.</summary>
    /// <param name="input">Normalised samples (n, …).</param>
    /// <param name="loss">The loss of samples of this shape, a single element.</param>
    public Tensor Up(Tensor input, Func<Tensor, Tensor> loss)
    {
        var variable = input.detach().clone().requires_grad_();
        var sign = torch.autograd.grad([loss(variable)], [variable])[0]!.sign();
        using var noGrad = torch.no_grad();
        if (!_images) return input + sign * _bound;
        var (mean, std) = (Channels(_mean, input.device), Channels(_std, input.device));
        var moved = ((input + sign * _bound / std) * std + mean).clamp(0, 1);
        return (moved - mean) / std;
    }

    private static Tensor Channels(float[] values, Device device) => torch.tensor(values, [1, values.Length, 1, 1]).to(device);
}
