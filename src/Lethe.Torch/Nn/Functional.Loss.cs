using Lethe.Torch.Native;
using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What becomes of the losses of a batch.</summary>
        public enum Reduction
        {
            /// <summary>Each is returned.</summary>
            None = 0,
            /// <summary>Their mean.</summary>
            Mean = 1,
            /// <summary>Their sum.</summary>
            Sum = 2,
        }

        public static partial class functional
        {
            /// <summary>The negative log-likelihood of the target class under softmax.</summary>
            /// <param name="input">Logits (N, C) or (N, C, …).</param>
            /// <param name="target">Int64 classes (N) or (N, …), or probabilities in the input's shape.</param>
            /// <param name="weight">A weight for each class (C), or null.</param>
            /// <param name="ignore_index">A target that counts for nothing.</param>
            /// <param name="reduction">Mean is weighted when there are weights.</param>
            /// <param name="label_smoothing">The share of the target spread over all classes, 0 to 1.</param>
            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100,
                Reduction reduction = Reduction.Mean, double label_smoothing = 0) =>
                Made(lethe_cross_entropy(input.Handle, target.Handle, weight?.Handle ?? TensorHandle.None, (int)reduction, ignore_index,
                    label_smoothing, out var h), h);

            /// <summary>The negated log-probability of the target class.</summary>
            /// <param name="input">Log-probabilities (N, C) or (N, C, …).</param>
            /// <param name="target">Int64 classes (N) or (N, …).</param>
            /// <param name="weight">A weight for each class (C), or null.</param>
            /// <param name="ignore_index">A target that counts for nothing.</param>
            /// <param name="reduction">Mean is weighted when there are weights.</param>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100,
                Reduction reduction = Reduction.Mean) =>
                Made(lethe_nll_loss(input.Handle, target.Handle, weight?.Handle ?? TensorHandle.None, (int)reduction, ignore_index,
                    out var h), h);

            /// <summary>Squared differences.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Made(lethe_mse_loss(input.Handle, target.Handle, (int)reduction, out var h), h);

            /// <summary>Absolute differences.</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Made(lethe_l1_loss(input.Handle, target.Handle, (int)reduction, out var h), h);

            /// <summary>Pointwise Kullback–Leibler divergence target · (log target - input).</summary>
            /// <param name="input">Log-probabilities.</param>
            /// <param name="target">Probabilities, or their logarithms.</param>
            /// <param name="log_target">The target is given in logarithms.</param>
            /// <param name="reduction">Mean is over all elements, as in PyTorch; divide a Sum by N for the mean over the batch.</param>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = false, Reduction reduction = Reduction.Mean) =>
                Made(lethe_kl_div(input.Handle, target.Handle, (int)reduction, log_target ? 1 : 0, out var h), h);

            /// <summary>The negative log-likelihood of yes-or-no targets under sigmoid.</summary>
            /// <param name="input">Logits.</param>
            /// <param name="target">Probabilities in the input's shape.</param>
            /// <param name="reduction">What becomes of the single losses.</param>
            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Made(lethe_binary_cross_entropy_with_logits(input.Handle, target.Handle, (int)reduction, out var h), h);
        }
    }
}
