using System.Runtime.InteropServices;

namespace Lethe.Torch.Native;

/// <summary>One call a step; parameters and state are updated in place.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static unsafe partial int lethe_sgd_step(nint* parameters, nint* gradients, nint* momenta, long* steps, int count,
        double learning_rate, double momentum, double dampening, double weight_decay, int nesterov);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_adam_step(nint* parameters, nint* gradients, nint* first_moments, nint* second_moments,
        long* steps, int count, double learning_rate, double beta1, double beta2, double eps, double weight_decay, int decoupled);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_zero_grads(nint* parameters, int count, int set_to_none);
}
