using Lethe.Torch.Native;
using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Two-dimensional cross-correlation with the same numbers for height and width.</summary>
            /// <param name="input">(N, C, H, W).</param>
            /// <param name="weight">(out, C / groups, height, width).</param>
            /// <param name="bias">(out), or null.</param>
            /// <param name="stride">The step of the window.</param>
            /// <param name="padding">Zeros added on every side.</param>
            /// <param name="dilation">The distance of the window's elements.</param>
            /// <param name="groups">Channels are divided into so many independent groups.</param>
            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long stride = 1, long padding = 0,
                long dilation = 1, long groups = 1) =>
                conv2d(input, weight, bias, (stride, stride), (padding, padding), (dilation, dilation), groups);

            /// <summary>Two-dimensional cross-correlation; tuples are (height, width).</summary>
            /// <param name="input">(N, C, H, W).</param>
            /// <param name="weight">(out, C / groups, height, width).</param>
            /// <param name="bias">(out), or null.</param>
            /// <param name="stride">The step of the window.</param>
            /// <param name="padding">Zeros added on both sides.</param>
            /// <param name="dilation">The distance of the window's elements.</param>
            /// <param name="groups">Channels are divided into so many independent groups.</param>
            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias, (long, long) stride, (long, long) padding,
                (long, long) dilation, long groups = 1) =>
                Made(lethe_conv2d(input.Handle, weight.Handle, bias?.Handle ?? TensorHandle.None, stride.Item1, stride.Item2, padding.Item1,
                    padding.Item2, dilation.Item1, dilation.Item2, groups, out var h), h);

            /// <summary>The largest element of each window.</summary>
            /// <param name="input">(N, C, H, W).</param>
            /// <param name="kernel_size">The window's side.</param>
            /// <param name="stride">The window's step; its side when null.</param>
            /// <param name="padding">Added on every side, at most half the window.</param>
            /// <param name="dilation">The distance of the window's elements.</param>
            /// <param name="ceil_mode">Round the result's size up.</param>
            public static Tensor max_pool2d(Tensor input, long kernel_size, long? stride = null, long padding = 0, long dilation = 1,
                bool ceil_mode = false) =>
                max_pool2d(input, (kernel_size, kernel_size), (stride ?? kernel_size, stride ?? kernel_size), (padding, padding),
                    (dilation, dilation), ceil_mode);

            /// <summary>The largest element of each window; tuples are (height, width).</summary>
            public static Tensor max_pool2d(Tensor input, (long, long) kernel_size, (long, long) stride, (long, long) padding,
                (long, long) dilation, bool ceil_mode = false) =>
                Made(lethe_max_pool2d(input.Handle, kernel_size.Item1, kernel_size.Item2, stride.Item1, stride.Item2, padding.Item1,
                    padding.Item2, dilation.Item1, dilation.Item2, ceil_mode ? 1 : 0, out var h), h);

            /// <summary>The mean of each window.</summary>
            /// <param name="input">(N, C, H, W).</param>
            /// <param name="kernel_size">The window's side.</param>
            /// <param name="stride">The window's step; its side when null.</param>
            /// <param name="padding">Zeros added on every side, at most half the window.</param>
            /// <param name="ceil_mode">Round the result's size up.</param>
            /// <param name="count_include_pad">Count the zeros.</param>
            public static Tensor avg_pool2d(Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false,
                bool count_include_pad = true) =>
                avg_pool2d(input, (kernel_size, kernel_size), (stride ?? kernel_size, stride ?? kernel_size), (padding, padding), ceil_mode,
                    count_include_pad);

            /// <summary>The mean of each window; tuples are (height, width).</summary>
            public static Tensor avg_pool2d(Tensor input, (long, long) kernel_size, (long, long) stride, (long, long) padding,
                bool ceil_mode = false, bool count_include_pad = true) =>
                Made(lethe_avg_pool2d(input.Handle, kernel_size.Item1, kernel_size.Item2, stride.Item1, stride.Item2, padding.Item1,
                    padding.Item2, ceil_mode ? 1 : 0, count_include_pad ? 1 : 0, out var h), h);

            /// <summary>Means over as many windows as the result shall have.</summary>
            /// <returns>(N, C, output_size, output_size).</returns>
            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => adaptive_avg_pool2d(input, output_size, output_size);

            /// <summary>Means over as many windows as the result shall have.</summary>
            /// <returns>(N, C, height, width).</returns>
            public static Tensor adaptive_avg_pool2d(Tensor input, long height, long width) =>
                Made(lethe_adaptive_avg_pool2d(input.Handle, height, width, out var h), h);
        }
    }
}
