using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Lethe.Torch;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            private const BindingFlags OwnFields =
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

            /// <summary>
            /// Registers the module's fields and automatic properties in order of declaration, base classes first: a
            /// <see cref="Module"/> as child, a <see cref="Tensor"/> that requires gradients as parameter, another tensor as buffer.
            /// </summary>
            /// <remarks>
            /// The entry's name is the field's, without a leading underscore, or the property's. Null fields and objects that
            /// are already registered are left out. Call it last in the constructor.
            /// </remarks>
            [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The fields read here are used by the module's own code.")]
            protected void RegisterComponents()
            {
                var levels = new Stack<Type>();
                for (var type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                    levels.Push(type);
                foreach (var level in levels)
                {
                    foreach (var field in level.GetFields(OwnFields).OrderBy(field => field.MetadataToken))
                        RegisterField(ComponentName(field.Name), field.GetValue(this));
                }
            }

            private void RegisterField(string name, object? value)
            {
                switch (value)
                {
                    case Module child when !_children.ContainsValue(child):
                        register_module(name, child);
                        break;
                    case Tensor tensor when !Registered(tensor):
                        if (tensor.requires_grad)
                            register_parameter(name, tensor);
                        else
                            register_buffer(name, tensor);
                        break;
                }
            }

            private bool Registered(Tensor tensor) =>
                _parameters.Values.Any(own => ReferenceEquals(own, tensor)) || _buffers.Values.Any(own => ReferenceEquals(own, tensor));

            private static string ComponentName(string field) =>
                field.StartsWith('<') ? field[1..field.IndexOf('>', StringComparison.Ordinal)] : field.TrimStart('_');

            /// <summary>Lists the direct children in order of registration.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() =>
                _children.Select(entry => (entry.Key, entry.Value));

            /// <summary>Lists this module (with an empty name) and all modules below it, parents first, each once.</summary>
            public IEnumerable<(string name, Module module)> named_modules()
            {
                var seen = new HashSet<Module>(ReferenceEqualityComparer.Instance);
                return Walk("", seen);
            }

            private IEnumerable<(string name, Module module)> Walk(string prefix, HashSet<Module> seen)
            {
                if (!seen.Add(this))
                    yield break;
                yield return (prefix, this);
                foreach (var (name, child) in named_children())
                {
                    foreach (var below in child.Walk(Join(prefix, name), seen))
                        yield return below;
                }
            }

            /// <summary>Lists the parameters with their full names, each tensor once.</summary>
            /// <param name="recurse">Whether those of the children are listed too.</param>
            public virtual IEnumerable<(string name, Tensor parameter)> named_parameters(bool recurse = true) =>
                Entries(module => module._parameters, recurse);

            /// <summary>Lists the buffers with their full names, each tensor once.</summary>
            /// <param name="recurse">Whether those of the children are listed too.</param>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true) =>
                Entries(module => module._buffers, recurse);

            /// <summary>Lists the parameters, each once, in the order of <see cref="named_parameters"/>.</summary>
            public IEnumerable<Tensor> parameters(bool recurse = true) => named_parameters(recurse).Select(entry => entry.parameter);

            /// <summary>Lists the buffers, each once, in the order of <see cref="named_buffers"/>.</summary>
            public IEnumerable<Tensor> buffers(bool recurse = true) => named_buffers(recurse).Select(entry => entry.buffer);

            private IEnumerable<(string, Tensor)> Entries(Func<Module, OrderedDictionary<string, Tensor>> own, bool recurse)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var (prefix, module) in recurse ? named_modules() : [("", this)])
                {
                    foreach (var (name, tensor) in own(module))
                    {
                        if (seen.Add(tensor))
                            yield return (Join(prefix, name), tensor);
                    }
                }
            }

            private static string Join(string prefix, string name) => prefix.Length == 0 ? name : $"{prefix}.{name}";
        }
    }
}
