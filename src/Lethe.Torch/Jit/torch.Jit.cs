using Lethe.Torch.Native;
using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public static partial class torch
{
    /// <summary>TorchScript files and modules.</summary>
    public static class jit
    {
        /// <summary>Reads a TorchScript file, as <c>torch.jit.save</c> of Python or of Lethe wrote it.</summary>
        /// <param name="path">The file.</param>
        /// <param name="device">Where the parameters shall lie; main memory when null.</param>
        /// <exception cref="TorchException">There is no such file, it is no TorchScript, or it needs a newer libtorch.</exception>
        public static ScriptModule load(string path, Device? device = null)
        {
            if (!File.Exists(path))
                throw new TorchException($"{path} does not exist.");
            device ??= CPU;
            try
            {
                Status.Check(lethe_script_load(path, (int)device.Type, device.Index, out var handle));
                return new ScriptModule(handle, path);
            }
            catch (TorchException error)
            {
                throw new TorchException($"{path} cannot be read as TorchScript: {error.Message}");
            }
        }

        /// <summary>Reads the bytes of a TorchScript file.</summary>
        /// <param name="bytes">The whole file.</param>
        /// <param name="device">Where the parameters shall lie; main memory when null.</param>
        /// <exception cref="TorchException">The bytes are no TorchScript, or need a newer libtorch.</exception>
        public static unsafe ScriptModule load(ReadOnlySpan<byte> bytes, Device? device = null)
        {
            device ??= CPU;
            fixed (byte* data = bytes)
            {
                Status.Check(lethe_script_load_bytes(data, bytes.Length, (int)device.Type, device.Index, out var handle));
                return new ScriptModule(handle, "in memory");
            }
        }

        /// <summary>Writes a TorchScript file that Python's <c>torch.jit.load</c> reads.</summary>
        /// <exception cref="TorchException">The file cannot be written.</exception>
        public static void save(ScriptModule module, string path) => Status.Check(lethe_script_save(module.Handle, path));

        /// <summary>Builds a TorchScript module.</summary>
        /// <exception cref="TorchException">The text does not compile; the message shows where.</exception>
        public static ScriptModule compile(ScriptSource source) => new(Build(source), source.Name);

        private static ScriptHandle Build(ScriptSource source)
        {
            Status.Check(lethe_script_new(source.Name, out var handle));
            try
            {
                foreach (var (name, tensor) in source.Parameters)
                    Status.Check(lethe_script_add_parameter(handle, name, tensor.Handle));
                foreach (var (name, tensor) in source.Buffers)
                    Status.Check(lethe_script_add_buffer(handle, name, tensor.Handle));
                foreach (var (name, child) in source.Children)
                {
                    using var built = Build(child);
                    Status.Check(lethe_script_add_module(handle, name, built));
                }
                if (source.Methods is not null)
                    Status.Check(lethe_script_define(handle, source.Methods + "\n"));
                return handle;
            }
            catch
            {
                handle.Dispose();
                throw;
            }
        }
    }
}
