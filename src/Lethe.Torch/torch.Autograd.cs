using Lethe.Torch.Native;
using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public static partial class torch
{
    /// <summary>Derivatives that are returned, not accumulated.</summary>
    public static class autograd
    {
        /// <summary>The gradients of outputs with respect to inputs.</summary>
        /// <param name="outputs">What is differentiated.</param>
        /// <param name="inputs">With respect to what.</param>
        /// <param name="grad_outputs">One factor for each output, null entries for single elements; null altogether when all are.</param>
        /// <param name="retain_graph">Keep what was recorded, to call again.</param>
        /// <param name="create_graph">Record this computation too, for higher derivatives.</param>
        /// <param name="allow_unused">Return null for inputs that no output depends on, instead of failing.</param>
        /// <returns>One gradient for each input.</returns>
        public static unsafe IReadOnlyList<Tensor?> grad(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor> inputs,
            IReadOnlyList<Tensor?>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            if (grad_outputs is not null && grad_outputs.Count != outputs.Count)
                throw new TorchException($"There are {outputs.Count} outputs but {grad_outputs.Count} grad_outputs.");
            using var heads = new HandleList(outputs);
            using var leaves = new HandleList(inputs);
            using var factors = new HandleList(grad_outputs ?? []);
            var results = new nint[inputs.Count];
            fixed (nint* o = heads, i = leaves, g = factors, r = results)
            {
                Status.Check(lethe_grad(o, outputs.Count, i, inputs.Count, grad_outputs is null ? null : g, retain_graph ? 1 : 0,
                    create_graph ? 1 : 0, allow_unused ? 1 : 0, r));
            }
            return Array.ConvertAll(results, value => value == 0 ? null : new Tensor(new TensorHandle(value)));
        }
    }
}
