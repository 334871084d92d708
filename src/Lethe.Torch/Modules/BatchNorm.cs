namespace Lethe.Torch.Modules;

/// <summary>What <see cref="BatchNorm1d"/> and <see cref="BatchNorm2d"/> share: normalisation over a batch, per channel.</summary>
/// <remarks>
/// In training mode the batch's own mean and (biased) variance are used, and the running averages move towards them; in
/// evaluation mode the running averages are used, if they are tracked.
/// </remarks>
public abstract class BatchNorm : torch.nn.Module<Tensor, Tensor>
{
    private readonly int[] _dimensions;
    private readonly double _eps;

    private protected BatchNorm(
        string name, int[] dimensions, long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device)
        : base(name)
    {
        (_dimensions, _eps, this.momentum) = (dimensions, eps, momentum);
        long[] shape = [num_features];
        if (affine)
        {
            register_parameter(nameof(weight), weight = torch.nn.Parameter(torch.ones(shape, device: device)));
            register_parameter(nameof(bias), bias = torch.nn.Parameter(torch.zeros(shape, device: device)));
        }

        if (track_running_stats)
        {
            register_buffer(nameof(running_mean), running_mean = torch.zeros(shape, device: device));
            register_buffer(nameof(running_var), running_var = torch.ones(shape, device: device));
            register_buffer(nameof(num_batches_tracked), num_batches_tracked = torch.zeros([], torch.int64, device: device));
        }
    }

    /// <summary>The weight of the newest batch in the running averages; null averages all batches equally.</summary>
    public double? momentum { get; set; }

    /// <summary>The scale of each channel, of shape (C), or null.</summary>
    public Tensor? weight { get; }

    /// <summary>The shift of each channel, of shape (C), or null.</summary>
    public Tensor? bias { get; }

    /// <summary>The running mean of each channel, of shape (C), or null.</summary>
    public Tensor? running_mean { get; }

    /// <summary>The running (unbiased) variance of each channel, of shape (C), or null.</summary>
    public Tensor? running_var { get; }

    /// <summary>How many batches the running averages have seen (a scalar, Int64), or null.</summary>
    public Tensor? num_batches_tracked { get; }

    /// <summary>Forgets the running averages: mean 0, variance 1, no batch seen.</summary>
    public void reset_running_stats()
    {
        using var noGrad = torch.no_grad();
        running_mean?.fill_(0);
        running_var?.fill_(1);
        num_batches_tracked?.fill_(0);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input has a wrong number of dimensions.</exception>
    public override Tensor forward(Tensor input)
    {
        if (!_dimensions.Contains((int)input.dim()))
        {
            throw new ArgumentException(
                $"{Name} needs an input of {string.Join(" or ", _dimensions)} dimensions, not of shape ({string.Join(", ", input.shape)}).",
                nameof(input));
        }

        var average = 0.0;
        if (training && num_batches_tracked is not null)
        {
            using var noGrad = torch.no_grad();
            num_batches_tracked.add_(1);
            average = momentum ?? 1.0 / num_batches_tracked.item<long>();
        }

        return torch.nn.functional.batch_norm(
            input, running_mean, running_var, weight, bias, training || running_mean is null, average, _eps);
    }
}

/// <summary>Batch normalisation of features: (N, C) or (N, C, L), per channel C (Ioffe and Szegedy 2015).</summary>
public sealed class BatchNorm1d : BatchNorm
{
    internal BatchNorm1d(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device)
        : base(nameof(BatchNorm1d), [2, 3], num_features, eps, momentum, affine, track_running_stats, device)
    {
    }
}

/// <summary>Batch normalisation of images: (N, C, H, W), per channel C (Ioffe and Szegedy 2015).</summary>
public sealed class BatchNorm2d : BatchNorm
{
    internal BatchNorm2d(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device)
        : base(nameof(BatchNorm2d), [4], num_features, eps, momentum, affine, track_running_stats, device)
    {
    }
}
