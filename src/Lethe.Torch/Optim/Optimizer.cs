using System.Globalization;
using Lethe.Torch.Native;
using Lethe.Torch.Optim;

namespace Lethe.Torch;

public static partial class torch
{
    /// <summary>Optimizers with TorchSharp's names, each a façade over an <see cref="UpdateRule"/> and its explicit state.</summary>
    public static partial class optim
    {
        /// <summary>Moves parameters along their gradients, step by step.</summary>
        /// <threadsafety instance="false"/>
        public sealed class Optimizer : IDisposable
        {
            private readonly Tensor[] _parameters;
            private readonly OptimizerState _state;

            internal Optimizer(IEnumerable<(string name, Tensor parameter)> parameters, UpdateRule rule, double learningRate)
            {
                (string name, Tensor parameter)[] named = [.. parameters];
                if (named.Length == 0)
                    throw new ArgumentException("An optimizer needs at least one parameter.", nameof(parameters));
                if (!(learningRate >= 0))
                    throw new ArgumentOutOfRangeException(nameof(learningRate), learningRate, "The learning rate must be at least 0.");
                _parameters = [.. named.Select(entry => entry.parameter)];
                (Rule, LearningRate) = (rule, learningRate);
                _state = rule.Init(named);
            }

            /// <summary>The rule with its hyper-parameters.</summary>
            public UpdateRule Rule { get; }

            /// <summary>The learning rate of the next step, at least 0.</summary>
            public double LearningRate { get; set; }

            /// <summary>Takes one step along the parameters' gradients; those without a gradient stay as they are.</summary>
            public void step() => Rule.Apply(_parameters, null, _state, LearningRate);

            /// <summary>Clears the gradients.</summary>
            /// <param name="set_to_none">Whether gradients are dropped; otherwise they are filled with zeros.</param>
            public void zero_grad(bool set_to_none = true) => OptimizerSteps.ZeroGradients(_parameters, set_to_none);

            /// <summary>Copies the state to named arrays, such as <c>fc.weight.momentum_buffer</c>; the learning rate is not part of it.</summary>
            /// <returns>Copies that belong to the caller (or the open dispose scope).</returns>
            public Dictionary<string, Tensor> state_dict() => _state.ToDictionary();

            /// <summary>Replaces the state by one that <see cref="state_dict"/> made.</summary>
            /// <exception cref="ArgumentException">The entries do not fit this optimizer; nothing was changed.</exception>
            public void load_state_dict(IReadOnlyDictionary<string, Tensor> entries) => _state.Load(entries);

            /// <summary>Frees the state; the parameters stay.</summary>
            public void Dispose() => _state.Dispose();
        }

        /// <summary>Makes stochastic gradient descent over named parameters.</summary>
        /// <param name="parameters">The parameters, with the names that the state's entries get.</param>
        /// <param name="learningRate">The learning rate, at least 0.</param>
        /// <param name="momentum">The factor of the running sum of gradients; 0 keeps none.</param>
        /// <param name="dampening">The share of each gradient that is left out of the running sum.</param>
        /// <param name="weight_decay">The factor of the L2 penalty.</param>
        /// <param name="nesterov">Whether momentum looks ahead; needs momentum and no dampening.</param>
        /// <exception cref="ArgumentException">A value is out of range, there is no parameter, or a name occurs twice.</exception>
        public static Optimizer SGD(
            IEnumerable<(string name, Tensor parameter)> parameters, double learningRate, double momentum = 0, double dampening = 0,
            double weight_decay = 0, bool nesterov = false) =>
            new(parameters, new SgdRule(momentum, dampening, weight_decay, nesterov), learningRate);

        /// <summary>Makes stochastic gradient descent over parameters that are named "0", "1", ….</summary>
        /// <inheritdoc cref="SGD(IEnumerable{ValueTuple{string, Tensor}}, double, double, double, double, bool)"/>
        public static Optimizer SGD(
            IEnumerable<Tensor> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false) =>
            SGD(Numbered(parameters), learningRate, momentum, dampening, weight_decay, nesterov);

        /// <summary>Makes Adam over named parameters (weight decay acts through the gradient).</summary>
        /// <param name="parameters">The parameters, with the names that the state's entries get.</param>
        /// <param name="lr">The learning rate, at least 0.</param>
        /// <param name="beta1">The decay of the mean of gradients.</param>
        /// <param name="beta2">The decay of the mean of squared gradients.</param>
        /// <param name="eps">Added to the denominator.</param>
        /// <param name="weight_decay">The factor of the L2 penalty.</param>
        /// <exception cref="ArgumentException">A value is out of range, there is no parameter, or a name occurs twice.</exception>
        public static Optimizer Adam(
            IEnumerable<(string name, Tensor parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
            double eps = 1e-8, double weight_decay = 0) =>
            new(parameters, new AdamRule(beta1, beta2, eps, weight_decay), lr);

        /// <summary>Makes Adam over parameters that are named "0", "1", ….</summary>
        /// <inheritdoc cref="Adam(IEnumerable{ValueTuple{string, Tensor}}, double, double, double, double, double)"/>
        public static Optimizer Adam(
            IEnumerable<Tensor> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0) =>
            Adam(Numbered(parameters), lr, beta1, beta2, eps, weight_decay);

        /// <summary>Makes AdamW over named parameters (weight decay acts on the parameters directly).</summary>
        /// <param name="parameters">The parameters, with the names that the state's entries get.</param>
        /// <param name="lr">The learning rate, at least 0.</param>
        /// <param name="beta1">The decay of the mean of gradients.</param>
        /// <param name="beta2">The decay of the mean of squared gradients.</param>
        /// <param name="eps">Added to the denominator.</param>
        /// <param name="weight_decay">The share by which a parameter shrinks in one step, times the rate.</param>
        /// <exception cref="ArgumentException">A value is out of range, there is no parameter, or a name occurs twice.</exception>
        public static Optimizer AdamW(
            IEnumerable<(string name, Tensor parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
            double eps = 1e-8, double weight_decay = 1e-2) =>
            new(parameters, new AdamRule(beta1, beta2, eps, weight_decay, decoupled: true), lr);

        /// <summary>Makes AdamW over parameters that are named "0", "1", ….</summary>
        /// <inheritdoc cref="AdamW(IEnumerable{ValueTuple{string, Tensor}}, double, double, double, double, double)"/>
        public static Optimizer AdamW(
            IEnumerable<Tensor> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 1e-2) =>
            AdamW(Numbered(parameters), lr, beta1, beta2, eps, weight_decay);

        private static IEnumerable<(string, Tensor)> Numbered(IEnumerable<Tensor> parameters) =>
            parameters.Select((parameter, index) => (index.ToString(CultureInfo.InvariantCulture), parameter));
    }
}
