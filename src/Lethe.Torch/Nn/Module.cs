using Lethe.Torch.Native;

namespace Lethe.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// A network or a part of one: a tree of named parameters (trained), buffers (state that is not trained) and children.
        /// </summary>
        /// <remarks>
        /// Names and their order are PyTorch's: a module's own entries in order of registration, then those of its children,
        /// joined by dots (<c>layer1.0.conv1.weight</c>). Registered tensors leave their dispose scope and live until
        /// <see cref="Dispose()"/>.
        /// </remarks>
        /// <threadsafety instance="false"/>
        public abstract partial class Module : IDisposable
        {
            private readonly OrderedDictionary<string, Tensor> _parameters = [];
            private readonly OrderedDictionary<string, Tensor> _buffers = [];
            private readonly OrderedDictionary<string, Module> _children = [];

            /// <summary>Creates a module without entries; a derived constructor registers them.</summary>
            /// <param name="name">The kind of the module for messages, such as <c>LeNet5</c>.</param>
            protected Module(string name) => Name = name;

            /// <summary>The kind of the module, as given to the constructor.</summary>
            public string Name { get; }

            /// <summary>Whether the module is in training mode (the mode a new module starts in).</summary>
            public bool training { get; private set; } = true;

            /// <summary>Makes <paramref name="child"/> a part of this module under <paramref name="name"/>.</summary>
            /// <exception cref="ArgumentException">The name is empty, holds a dot or is taken.</exception>
            public virtual void register_module(string name, Module child)
            {
                CheckName(name);
                _children.Add(name, child);
            }

            /// <summary>Makes <paramref name="parameter"/> a trained entry of this module and takes it out of its dispose scope.</summary>
            /// <exception cref="ArgumentException">The name is empty, holds a dot or is taken.</exception>
            public virtual void register_parameter(string name, Tensor parameter)
            {
                CheckName(name);
                parameter.DetachFromDisposeScope();
                _parameters.Add(name, parameter);
            }

            /// <summary>Makes <paramref name="buffer"/> an untrained entry of this module and takes it out of its dispose scope.</summary>
            /// <exception cref="ArgumentException">The name is empty, holds a dot or is taken.</exception>
            public virtual void register_buffer(string name, Tensor buffer)
            {
                CheckName(name);
                buffer.DetachFromDisposeScope();
                _buffers.Add(name, buffer);
            }

            private void CheckName(string name)
            {
                if (string.IsNullOrEmpty(name) || name.Contains('.', StringComparison.Ordinal))
                    throw new ArgumentException($"{Name}: '{name}' cannot name a component; use a non-empty name without dots.", nameof(name));
                if (_parameters.ContainsKey(name) || _buffers.ContainsKey(name) || _children.ContainsKey(name))
                    throw new ArgumentException($"{Name}: a component named '{name}' is already registered.", nameof(name));
            }

            /// <summary>Switches this module and its children to training (<c>true</c>) or evaluation mode.</summary>
            public virtual void train(bool on = true)
            {
                training = on;
                foreach (var child in _children.Values)
                    child.train(on);
            }

            /// <summary>Switches this module and its children to evaluation mode.</summary>
            public void eval() => train(false);

            /// <summary>Drops the gradient of every parameter (sets it to none).</summary>
            public void zero_grad() => OptimizerSteps.ZeroGradients([.. parameters()], setToNone: true);

            /// <summary>Calls <paramref name="action"/> on every module of the tree, children before their parent.</summary>
            public void apply(Action<Module> action)
            {
                foreach (var child in _children.Values)
                    child.apply(action);
                action(this);
            }

            /// <summary>Frees the parameters and buffers of this module and its children.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Frees what the module owns.</summary>
            /// <param name="disposing">Always <c>true</c>: modules have no finalizer, their tensors have their own.</param>
            protected virtual void Dispose(bool disposing)
            {
                foreach (var tensor in _parameters.Values.Concat(_buffers.Values))
                    tensor.Dispose();
                foreach (var child in _children.Values)
                    child.Dispose();
            }
        }

        /// <summary>Makes a leaf tensor that is trained: <see cref="Module.RegisterComponents"/> takes it for a parameter.</summary>
        /// <param name="data">The initial value; the returned tensor is this object.</param>
        /// <param name="requires_grad">Whether gradients are recorded for it.</param>
        public static Tensor Parameter(Tensor data, bool requires_grad = true)
        {
            data.DetachFromDisposeScope();
            data.requires_grad_(requires_grad);
            return data;
        }
    }
}
