using Lethe.Torch.Modules;

namespace Lethe.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Makes an affine layer (…, in) → (…, out), initialised as PyTorch does.</summary>
        /// <param name="inputSize">The size of an input's last dimension.</param>
        /// <param name="outputSize">The size of a result's last dimension.</param>
        /// <param name="generator">The source of the initial values; its device is the layer's.</param>
        /// <param name="hasBias">Whether a bias is added.</param>
        public static Linear Linear(long inputSize, long outputSize, Generator generator, bool hasBias = true) =>
            new(inputSize, outputSize, hasBias, generator);

        /// <inheritdoc cref="Linear(long, long, Generator, bool)"/>
        public static Linear Linear(long inputSize, long outputSize, bool hasBias, Generator generator) =>
            new(inputSize, outputSize, hasBias, generator);

        /// <summary>Makes a convolution (N, C, H, W) → (N, out, H', W') with square kernels, initialised as PyTorch does.</summary>
        /// <param name="in_channels">The number of input channels C.</param>
        /// <param name="out_channels">The number of filters.</param>
        /// <param name="kernel_size">The height and width of a filter.</param>
        /// <param name="generator">The source of the initial values; its device is the layer's.</param>
        /// <param name="stride">The step between windows.</param>
        /// <param name="padding">Rows and columns of zeros on each side.</param>
        /// <param name="dilation">The step between a window's elements.</param>
        /// <param name="groups">The number of groups that channels are split into.</param>
        /// <param name="bias">Whether a bias is added.</param>
        /// <exception cref="ArgumentException">The channels cannot be split into the groups.</exception>
        public static Conv2d Conv2d(
            long in_channels, long out_channels, long kernel_size, Generator generator, long stride = 1, long padding = 0,
            long dilation = 1, long groups = 1, bool bias = true) =>
            new(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), (dilation, dilation), groups,
                bias, generator);

        /// <summary>Makes a convolution (N, C, H, W) → (N, out, H', W'), sizes given as (height, width), initialised as PyTorch does.</summary>
        /// <inheritdoc cref="Conv2d(long, long, long, Generator, long, long, long, long, bool)"/>
        public static Conv2d Conv2d(
            long in_channels, long out_channels, (long, long) kernel_size, Generator generator, (long, long)? stride = null,
            (long, long)? padding = null, (long, long)? dilation = null, long groups = 1, bool bias = true) =>
            new(in_channels, out_channels, kernel_size, stride ?? (1, 1), padding ?? (0, 0), dilation ?? (1, 1), groups, bias, generator);

        /// <summary>Makes batch normalisation of (N, C) or (N, C, L).</summary>
        /// <param name="num_features">The number of channels C.</param>
        /// <param name="eps">Added to the variance.</param>
        /// <param name="momentum">The weight of the newest batch in the running averages; null averages all batches equally.</param>
        /// <param name="affine">Whether each channel has a learned scale and shift.</param>
        /// <param name="track_running_stats">Whether running averages are kept for evaluation mode.</param>
        /// <param name="device">Where the parameters live (the CPU when null).</param>
        public static BatchNorm1d BatchNorm1d(
            long num_features, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool track_running_stats = true,
            Device? device = null) => new(num_features, eps, momentum, affine, track_running_stats, device);

        /// <summary>Makes batch normalisation of (N, C, H, W).</summary>
        /// <inheritdoc cref="BatchNorm1d(long, double, double?, bool, bool, Device?)"/>
        public static BatchNorm2d BatchNorm2d(
            long num_features, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool track_running_stats = true,
            Device? device = null) => new(num_features, eps, momentum, affine, track_running_stats, device);

        /// <summary>Makes layer normalisation over the last dimension.</summary>
        /// <param name="normalized_shape">The size of the last dimension.</param>
        /// <param name="eps">Added to the variance.</param>
        /// <param name="elementwise_affine">Whether each position has a learned scale and shift.</param>
        /// <param name="device">Where the parameters live (the CPU when null).</param>
        public static LayerNorm LayerNorm(long normalized_shape, double eps = 1e-5, bool elementwise_affine = true, Device? device = null) =>
            new([normalized_shape], eps, elementwise_affine, device);

        /// <summary>Makes layer normalisation over the last dimensions.</summary>
        /// <param name="normalized_shape">The sizes of the last dimensions.</param>
        /// <param name="eps">Added to the variance.</param>
        /// <param name="elementwise_affine">Whether each position has a learned scale and shift.</param>
        /// <param name="device">Where the parameters live (the CPU when null).</param>
        public static LayerNorm LayerNorm(long[] normalized_shape, double eps = 1e-5, bool elementwise_affine = true, Device? device = null) =>
            new([.. normalized_shape], eps, elementwise_affine, device);

        /// <summary>Makes a multi-head attention layer over (N, L, E), initialised as PyTorch does.</summary>
        /// <param name="embed_dim">The width E.</param>
        /// <param name="num_heads">The number of subspaces, a divisor of E.</param>
        /// <param name="generator">The source of the initial values and of the dropout masks; its device is the layer's.</param>
        /// <param name="dropout">The probability that an attention weight is zeroed in training mode.</param>
        /// <param name="bias">Whether the projections have biases.</param>
        /// <exception cref="ArgumentException">The width is not a multiple of the number of heads.</exception>
        public static MultiheadAttention MultiheadAttention(
            long embed_dim, long num_heads, Generator generator, double dropout = 0, bool bias = true) =>
            new(embed_dim, num_heads, dropout, bias, generator);

        /// <summary>Makes maximum pooling over square windows.</summary>
        /// <param name="kernel_size">The height and width of a window.</param>
        /// <param name="stride">The step between windows (the kernel's size when null).</param>
        /// <param name="padding">Rows and columns added on each side.</param>
        /// <param name="dilation">The step between a window's elements.</param>
        /// <param name="ceil_mode">Whether windows may overhang the lower and right edges.</param>
        public static MaxPool2d MaxPool2d(long kernel_size, long? stride = null, long padding = 0, long dilation = 1, bool ceil_mode = false) =>
            new(kernel_size, stride, padding, dilation, ceil_mode);

        /// <summary>Makes average pooling over square windows.</summary>
        /// <param name="kernel_size">The height and width of a window.</param>
        /// <param name="stride">The step between windows (the kernel's size when null).</param>
        /// <param name="padding">Rows and columns of zeros on each side.</param>
        /// <param name="ceil_mode">Whether windows may overhang the lower and right edges.</param>
        /// <param name="count_include_pad">Whether the zeros count in the mean.</param>
        public static AvgPool2d AvgPool2d(
            long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true) =>
            new(kernel_size, stride, padding, ceil_mode, count_include_pad);

        /// <summary>Makes average pooling to a square of the given size.</summary>
        /// <param name="output_size">The height and width of the result.</param>
        public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long output_size) => new(output_size, output_size);

        /// <summary>Makes average pooling to the given height and width.</summary>
        /// <param name="output_size">The height and width of the result.</param>
        public static AdaptiveAvgPool2d AdaptiveAvgPool2d((long, long) output_size) => new(output_size.Item1, output_size.Item2);

        /// <summary>Makes a rectifier, max(x, 0).</summary>
        public static ReLU ReLU() => new();

        /// <summary>Makes a clipped rectifier, min(max(x, 0), 6).</summary>
        public static ReLU6 ReLU6() => new();

        /// <summary>Makes a Gaussian error linear unit, x·Φ(x).</summary>
        public static GELU GELU() => new();

        /// <summary>Makes a hyperbolic tangent.</summary>
        public static Tanh Tanh() => new();

        /// <summary>Makes a logistic function.</summary>
        public static Sigmoid Sigmoid() => new();

        /// <summary>Makes a module that returns its input.</summary>
        public static Identity Identity() => new();

        /// <summary>Makes a module that joins the dimensions from <paramref name="start_dim"/> to <paramref name="end_dim"/> into one.</summary>
        public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);

        /// <summary>Makes dropout with masks from <paramref name="generator"/>, which the caller keeps and frees.</summary>
        /// <param name="p">The probability that an element is zeroed, between 0 and 1.</param>
        /// <param name="generator">The source of the masks.</param>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is not a probability.</exception>
        public static Dropout Dropout(double p, Generator generator) => new(p, generator);

        /// <summary>Makes a chain whose links are named "0", "1", ….</summary>
        public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => Modules.Sequential.Positional(modules);

        /// <summary>Makes a chain of named links.</summary>
        public static Sequential Sequential(params (string name, Module<Tensor, Tensor> module)[] modules) => new(modules);

        /// <summary>Makes the cross entropy between class scores (N, C) and class numbers (N).</summary>
        /// <param name="weight">The weight of each class, of shape (C); the loss takes it out of its dispose scope.</param>
        /// <param name="ignore_index">The class number that adds nothing.</param>
        /// <param name="reduction">How the samples' losses are joined.</param>
        /// <param name="label_smoothing">The share of the target that is spread evenly over all classes, from 0 to 1.</param>
        public static CrossEntropyLoss CrossEntropyLoss(
            Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0) =>
            new(weight, ignore_index, reduction, label_smoothing);

        /// <summary>Makes the negative log-likelihood of class numbers (N) under log-probabilities (N, C).</summary>
        /// <param name="weight">The weight of each class, of shape (C); the loss takes it out of its dispose scope.</param>
        /// <param name="ignore_index">The class number that adds nothing.</param>
        /// <param name="reduction">How the samples' losses are joined.</param>
        public static NLLLoss NLLLoss(Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean) =>
            new(weight, ignore_index, reduction);

        /// <summary>Makes the squared difference of two tensors.</summary>
        /// <param name="reduction">How the elements' losses are joined.</param>
        public static MSELoss MSELoss(Reduction reduction = Reduction.Mean) => new(reduction);
    }
}
