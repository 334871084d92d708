namespace Lethe.Torch.Modules;

/// <summary>A two-dimensional convolution (cross-correlation) with zero padding: (N, C, H, W) → (N, out, H', W').</summary>
public sealed class Conv2d : torch.nn.Module<Tensor, Tensor>
{
    private readonly (long, long) _stride, _padding, _dilation;
    private readonly long _groups;

    internal Conv2d(
        long in_channels, long out_channels, (long, long) kernel_size, (long, long) stride, (long, long) padding, (long, long) dilation,
        long groups, bool hasBias, Generator generator)
        : base(nameof(Conv2d))
    {
        if (groups < 1 || in_channels % groups != 0 || out_channels % groups != 0)
        {
            throw new ArgumentException(
                $"Conv2d: {in_channels} input and {out_channels} output channels cannot be split into {groups} groups.", nameof(groups));
        }

        (_stride, _padding, _dilation, _groups) = (stride, padding, dilation, groups);
        long[] shape = [out_channels, in_channels / groups, kernel_size.Item1, kernel_size.Item2];
        var fanIn = shape[1] * shape[2] * shape[3];
        weight = DefaultInitialization.Weight(shape, fanIn, generator);
        register_parameter(nameof(weight), weight);
        if (!hasBias)
            return;
        bias = DefaultInitialization.Bias(out_channels, fanIn, generator);
        register_parameter(nameof(bias), bias);
    }

    /// <summary>The filters, of shape (out, in / groups, kernel height, kernel width).</summary>
    public Tensor weight { get; }

    /// <summary>The bias of shape (out), or null.</summary>
    public Tensor? bias { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) =>
        torch.nn.functional.conv2d(input, weight, bias, _stride, _padding, _dilation, _groups);
}
