namespace Lethe.Torch.Modules;

/// <summary>The largest element of each window: (N, C, H, W) → (N, C, H', W').</summary>
public sealed class MaxPool2d : torch.nn.Module<Tensor, Tensor>
{
    private readonly long _kernel, _stride, _padding, _dilation;
    private readonly bool _ceilMode;

    internal MaxPool2d(long kernel_size, long? stride, long padding, long dilation, bool ceil_mode)
        : base(nameof(MaxPool2d)) =>
        (_kernel, _stride, _padding, _dilation, _ceilMode) = (kernel_size, stride ?? kernel_size, padding, dilation, ceil_mode);

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) =>
        torch.nn.functional.max_pool2d(input, _kernel, _stride, _padding, _dilation, _ceilMode);
}

/// <summary>The mean of each window: (N, C, H, W) → (N, C, H', W').</summary>
public sealed class AvgPool2d : torch.nn.Module<Tensor, Tensor>
{
    private readonly long _kernel, _stride, _padding;
    private readonly bool _ceilMode, _countIncludePad;

    internal AvgPool2d(long kernel_size, long? stride, long padding, bool ceil_mode, bool count_include_pad)
        : base(nameof(AvgPool2d)) =>
        (_kernel, _stride, _padding, _ceilMode, _countIncludePad) =
            (kernel_size, stride ?? kernel_size, padding, ceil_mode, count_include_pad);

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) =>
        torch.nn.functional.avg_pool2d(input, _kernel, _stride, _padding, _ceilMode, _countIncludePad);
}

/// <summary>The means of windows that cover the image: (N, C, H, W) → (N, C, height, width) for any H and W.</summary>
public sealed class AdaptiveAvgPool2d : torch.nn.Module<Tensor, Tensor>
{
    private readonly long _height, _width;

    internal AdaptiveAvgPool2d(long height, long width)
        : base(nameof(AdaptiveAvgPool2d)) => (_height, _width) = (height, width);

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => torch.nn.functional.adaptive_avg_pool2d(input, _height, _width);
}
