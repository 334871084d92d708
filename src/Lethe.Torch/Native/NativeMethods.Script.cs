using System.Runtime.InteropServices;

namespace Lethe.Torch.Native;

/// <summary>TorchScript modules.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int lethe_script_load(string path, int device_type, int device_index, out ScriptHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_script_load_bytes(void* data, long byte_count, int device_type, int device_index, out ScriptHandle result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int lethe_script_save(ScriptHandle module, string path);

    [LibraryImport(Library)]
    internal static partial int lethe_script_free(nint module);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_script_forward(ScriptHandle module, nint* inputs, int count, ulong* seed, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_script_train(ScriptHandle module, int on);

    [LibraryImport(Library)]
    internal static partial int lethe_script_is_training(ScriptHandle module, out int result);

    [LibraryImport(Library)]
    internal static partial int lethe_script_tensor_count(ScriptHandle module, int buffers, out int result);

    [LibraryImport(Library)]
    internal static partial int lethe_script_tensor(ScriptHandle module, int buffers, int index, out nint name, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_script_to(ScriptHandle module, int dtype, int device_type, int device_index);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int lethe_script_new(string name, out ScriptHandle result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int lethe_script_add_parameter(ScriptHandle module, string name, TensorHandle tensor);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int lethe_script_add_buffer(ScriptHandle module, string name, TensorHandle tensor);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int lethe_script_add_module(ScriptHandle module, string name, ScriptHandle child);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int lethe_script_define(ScriptHandle module, string source);
}
