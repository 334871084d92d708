using System.Runtime.InteropServices;

namespace Lethe.Torch.Native;

/// <summary>Explicit random streams.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int lethe_generator_new(ulong seed, int device_type, int device_index, out GeneratorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_generator_free(nint generator);

    [LibraryImport(Library)]
    internal static partial int lethe_generator_get_state(GeneratorHandle generator, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_generator_set_state(GeneratorHandle generator, TensorHandle state);
}
