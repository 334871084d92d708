using System.Runtime.InteropServices;

namespace Lethe.Torch.Native;

/// <summary>Writes into the first tensor.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int lethe_add_(TensorHandle tensor, TensorHandle other, double alpha);

    [LibraryImport(Library)]
    internal static partial int lethe_mul_(TensorHandle tensor, TensorHandle other);

    [LibraryImport(Library)]
    internal static partial int lethe_div_(TensorHandle tensor, TensorHandle other);

    [LibraryImport(Library)]
    internal static partial int lethe_add_scalar_(TensorHandle tensor, double value, int integral);

    [LibraryImport(Library)]
    internal static partial int lethe_mul_scalar_(TensorHandle tensor, double value, int integral);

    [LibraryImport(Library)]
    internal static partial int lethe_div_scalar_(TensorHandle tensor, double value, int integral);

    [LibraryImport(Library)]
    internal static partial int lethe_copy_(TensorHandle tensor, TensorHandle other);

    [LibraryImport(Library)]
    internal static partial int lethe_fill_(TensorHandle tensor, double value, int integral);

    [LibraryImport(Library)]
    internal static partial int lethe_clamp_(TensorHandle tensor, double minimum, double maximum);

    [LibraryImport(Library)]
    internal static partial int lethe_sqrt_(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial int lethe_addcmul_(TensorHandle tensor, TensorHandle first, TensorHandle second, double value);

    [LibraryImport(Library)]
    internal static partial int lethe_addcdiv_(TensorHandle tensor, TensorHandle first, TensorHandle second, double value);

    [LibraryImport(Library)]
    internal static partial int lethe_lerp_(TensorHandle tensor, TensorHandle end, double weight);

    [LibraryImport(Library)]
    internal static partial int lethe_set_data(TensorHandle tensor, TensorHandle other);

    [LibraryImport(Library)]
    internal static partial int lethe_scatter_(TensorHandle tensor, long dim, TensorHandle index, TensorHandle source);

    [LibraryImport(Library)]
    internal static partial int lethe_scatter_value_(TensorHandle tensor, long dim, TensorHandle index, double value, int integral);

    [LibraryImport(Library)]
    internal static partial int lethe_index_add_(TensorHandle tensor, long dim, TensorHandle index, TensorHandle source);

    [LibraryImport(Library)]
    internal static partial int lethe_index_copy_(TensorHandle tensor, long dim, TensorHandle index, TensorHandle source);

    [LibraryImport(Library)]
    internal static partial int lethe_masked_fill_(TensorHandle tensor, TensorHandle mask, double value, int integral);

    [LibraryImport(Library)]
    internal static partial int lethe_uniform_(TensorHandle tensor, double from, double to, GeneratorHandle generator);

    [LibraryImport(Library)]
    internal static partial int lethe_normal_(TensorHandle tensor, double mean, double std, GeneratorHandle generator);

    [LibraryImport(Library)]
    internal static partial int lethe_bernoulli_(TensorHandle tensor, double p, GeneratorHandle generator);
}
