namespace Lethe.Torch;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            /// <summary>Lists every parameter and buffer under its full name, in PyTorch's order.</summary>
            /// <returns>The module's own live tensors (not copies): do not dispose them, clone what must stay as it is.</returns>
            public Dictionary<string, Tensor> state_dict()
            {
                var state = new Dictionary<string, Tensor>(StringComparer.Ordinal);
                AddState("", state);
                return state;
            }

            private void AddState(string prefix, Dictionary<string, Tensor> state)
            {
                foreach (var (name, parameter) in named_parameters(recurse: false))
                    state[Join(prefix, name)] = parameter;
                foreach (var (name, buffer) in named_buffers(recurse: false))
                    state[Join(prefix, name)] = buffer;
                foreach (var (name, child) in named_children())
                    child.AddState(Join(prefix, name), state);
            }

            /// <summary>Copies the given values into the parameters and buffers of the same names; values are converted to their dtype and device.</summary>
            /// <param name="source">Values by full name.</param>
            /// <param name="strict">Whether both sides must have exactly the same names.</param>
            /// <returns>The module's names that <paramref name="source"/> lacks, and the names there that the module lacks.</returns>
            /// <exception cref="ArgumentException">Names differ although <paramref name="strict"/>, or a shape differs; nothing was copied.</exception>
            public (IReadOnlyList<string> missing_keys, IReadOnlyList<string> unexpected_keys) load_state_dict(
                IReadOnlyDictionary<string, Tensor> source, bool strict = true)
            {
                var own = state_dict();
                string[] missing = [.. own.Keys.Where(name => !source.ContainsKey(name))];
                string[] unexpected = [.. source.Keys.Where(name => !own.ContainsKey(name))];
                if (strict && missing.Length + unexpected.Length > 0)
                {
                    throw new ArgumentException(
                        $"The values do not fit {Name}: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}]; "
                        + "build the same model, or load with strict: false.", nameof(source));
                }

                foreach (var (name, tensor) in own)
                {
                    if (source.TryGetValue(name, out var value) && !value.shape.AsSpan().SequenceEqual(tensor.shape))
                    {
                        throw new ArgumentException(
                            $"'{name}' of {Name} has shape ({string.Join(", ", tensor.shape)}) but the value has ({string.Join(", ", value.shape)}).",
                            nameof(source));
                    }
                }

                using var noGrad = no_grad();
                foreach (var (name, tensor) in own)
                {
                    if (source.TryGetValue(name, out var value))
                        tensor.copy_(value);
                }

                return (missing, unexpected);
            }

            /// <summary>Replaces the data of every parameter and buffer by <paramref name="convert"/> of it; the tensor objects stay.</summary>
            internal void Convert(Func<Tensor, Tensor> convert)
            {
                using var noGrad = no_grad();
                using var scope = NewDisposeScope();
                foreach (var tensor in state_dict().Values)
                {
                    var converted = convert(tensor);
                    if (converted.is_same(tensor))
                        continue;
                    tensor.set_data(converted);
                    ConvertGradient(tensor, convert);
                }
            }

            private static void ConvertGradient(Tensor tensor, Func<Tensor, Tensor> convert)
            {
                if (tensor.grad is { } gradient)
                    gradient.set_data(convert(gradient));
            }
        }
    }
}

/// <summary>Conversions of whole modules; each returns the module itself.</summary>
public static class ModuleExtensions
{
    /// <summary>Moves all parameters and buffers to <paramref name="device"/>.</summary>
    public static T to<T>(this T module, Device device)
        where T : torch.nn.Module
    {
        module.Convert(tensor => tensor.to(device));
        return module;
    }

    /// <summary>Converts all floating-point parameters and buffers to <paramref name="dtype"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="dtype"/> is not a floating-point type.</exception>
    public static T to<T>(this T module, ScalarType dtype)
        where T : torch.nn.Module
    {
        if (!IsFloatingPoint(dtype))
            throw new ArgumentException($"A module can be converted to a floating-point type only, not to {dtype}.", nameof(dtype));
        module.Convert(tensor => IsFloatingPoint(tensor.dtype) ? tensor.to(dtype) : tensor);
        return module;
    }

    /// <summary>Lays the parameters and buffers with four dimensions out in <paramref name="format"/>; values are the same.</summary>
    public static T to<T>(this T module, MemoryFormat format)
        where T : torch.nn.Module
    {
        module.Convert(tensor => tensor.dim() == 4 ? tensor.to(format) : tensor);
        return module;
    }

    private static bool IsFloatingPoint(ScalarType dtype) =>
        dtype is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;
}
