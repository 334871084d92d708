using Lethe.Torch.Native;
using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public static partial class torch
{
    /// <summary>Neural networks: modules, layers, losses, initialisation.</summary>
    public static partial class nn
    {
        /// <summary>Layers and losses as functions of their inputs and parameters.</summary>
        public static partial class functional
        {
            /// <summary>max(x, 0).</summary>
            public static Tensor relu(Tensor input) => input.relu();

            /// <summary>min(max(x, 0), 6).</summary>
            public static Tensor relu6(Tensor input) => input.clamp(0, 6);

            /// <summary>x · Φ(x), exact (by the error function).</summary>
            public static Tensor gelu(Tensor input) => Made(lethe_gelu(input.Handle, out var h), h);

            /// <summary>x / (1 + exp(-x)).</summary>
            public static Tensor silu(Tensor input) => Made(lethe_silu(input.Handle, out var h), h);

            /// <summary>log(1 + exp(x)).</summary>
            public static Tensor softplus(Tensor input) => Made(lethe_softplus(input.Handle, out var h), h);

            /// <summary>Hyperbolic tangents.</summary>
            public static Tensor tanh(Tensor input) => input.tanh();

            /// <summary>1 / (1 + exp(-x)).</summary>
            public static Tensor sigmoid(Tensor input) => input.sigmoid();

            /// <summary>exp(x) scaled to sum to 1 along a dimension.</summary>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            /// <summary>The logarithm of softmax, computed stably.</summary>
            public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);

            /// <summary>input · weightᵀ + bias.</summary>
            /// <param name="input">(…, in).</param>
            /// <param name="weight">(out, in).</param>
            /// <param name="bias">(out), or null.</param>
            /// <returns>(…, out).</returns>
            public static Tensor linear(Tensor input, Tensor weight, Tensor? bias = null) =>
                Made(lethe_linear(input.Handle, weight.Handle, bias?.Handle ?? TensorHandle.None, out var h), h);

            /// <summary>Normalises each channel over the batch (training) or by the running statistics (evaluation).</summary>
            /// <param name="input">(N, C, …).</param>
            /// <param name="running_mean">(C), updated in training; may be null in training.</param>
            /// <param name="running_var">(C), updated in training; may be null in training.</param>
            /// <param name="weight">(C), or null.</param>
            /// <param name="bias">(C), or null.</param>
            /// <param name="training">Which statistics to use.</param>
            /// <param name="momentum">The share of the new batch in the running statistics.</param>
            /// <param name="eps">Added to the variance.</param>
            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null,
                Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5) =>
                Made(lethe_batch_norm(input.Handle, weight?.Handle ?? TensorHandle.None, bias?.Handle ?? TensorHandle.None,
                    running_mean?.Handle ?? TensorHandle.None, running_var?.Handle ?? TensorHandle.None, training ? 1 : 0, momentum, eps,
                    out var h), h);

            /// <summary>Normalises each sample over its last dimensions.</summary>
            /// <param name="input">(…, normalized_shape).</param>
            /// <param name="normalized_shape">The last dimensions.</param>
            /// <param name="weight">normalized_shape, or null.</param>
            /// <param name="bias">normalized_shape, or null.</param>
            /// <param name="eps">Added to the variance.</param>
            public static unsafe Tensor layer_norm(Tensor input, ReadOnlySpan<long> normalized_shape, Tensor? weight = null,
                Tensor? bias = null, double eps = 1e-5)
            {
                fixed (long* p = normalized_shape)
                {
                    return Made(lethe_layer_norm(input.Handle, p, normalized_shape.Length, weight?.Handle ?? TensorHandle.None,
                        bias?.Handle ?? TensorHandle.None, eps, out var h), h);
                }
            }

            /// <summary>Sets a random share of the elements to 0 and scales the others by 1 / (1 - p).</summary>
            /// <param name="input">Any shape.</param>
            /// <param name="p">The share, 0 to 1.</param>
            /// <param name="training">False returns the input itself.</param>
            /// <param name="generator">Draws the mask.</param>
            public static Tensor dropout(Tensor input, double p, bool training, Generator generator) =>
                training ? Made(lethe_dropout(input.Handle, p, generator.Handle, out var h), h) : input.alias();

            /// <summary>Int64 labels as rows of 0 and 1 (Int64); -1 takes the number of classes from the labels.</summary>
            public static Tensor one_hot(Tensor labels, long num_classes = -1) =>
                Made(lethe_one_hot(labels.Handle, num_classes, out var h), h);

            /// <summary>Constant padding: (before, after) of the last dimension, then of the one before it, …; negative numbers cut.</summary>
            public static unsafe Tensor pad(Tensor input, ReadOnlySpan<long> pad, double value = 0)
            {
                fixed (long* p = pad)
                    return Made(lethe_pad(input.Handle, p, pad.Length, value, out var h), h);
            }

            /// <summary>softmax(query · keyᵀ / √d + mask) · value, over the last two dimensions.</summary>
            /// <param name="query">(…, L, d).</param>
            /// <param name="key">(…, S, d).</param>
            /// <param name="value">(…, S, v).</param>
            /// <param name="attn_mask">(…, L, S): Bool, true where attention is allowed, or a floating number that is added; or null.</param>
            /// <param name="is_causal">Position i sees only positions up to i; not together with a mask.</param>
            /// <returns>(…, L, v).</returns>
            public static Tensor scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null,
                bool is_causal = false)
            {
                if (is_causal && attn_mask is not null)
                    throw new TorchException("scaled_dot_product_attention takes either attn_mask or is_causal, not both.");
                using var scope = NewDisposeScope();
                var scores = query.matmul(key.transpose(-2, -1)).mul(1 / Math.Sqrt(query.size(-1)));
                var mask = is_causal ? ones([query.size(-2), key.size(-2)], ScalarType.Bool, query.device).tril() : attn_mask;
                if (mask is not null)
                    scores = mask.dtype == ScalarType.Bool ? scores.masked_fill(mask.logical_not(), double.NegativeInfinity) : scores + mask;
                return scores.softmax(-1).matmul(value).MoveToOuterDisposeScope();
            }
        }
    }
}
