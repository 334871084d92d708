using Lethe.Torch.Native;
using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

/// <summary>PyTorch's functions under PyTorch's names. Whatever is random takes a <see cref="Generator"/>: there is no global one.</summary>
public static partial class torch
{
    /// <summary>Unsigned 8-bit integer.</summary>
    public const ScalarType uint8 = ScalarType.Byte;

    /// <summary>Signed 8-bit integer.</summary>
    public const ScalarType int8 = ScalarType.Int8;

    /// <summary>Signed 16-bit integer.</summary>
    public const ScalarType int16 = ScalarType.Int16;

    /// <summary>Signed 32-bit integer.</summary>
    public const ScalarType int32 = ScalarType.Int32;

    /// <summary>Signed 64-bit integer.</summary>
    public const ScalarType int64 = ScalarType.Int64;

    /// <summary>IEEE half precision.</summary>
    public const ScalarType float16 = ScalarType.Float16;

    /// <summary>IEEE single precision, the default of the factories.</summary>
    public const ScalarType float32 = ScalarType.Float32;

    /// <summary>IEEE double precision.</summary>
    public const ScalarType float64 = ScalarType.Float64;

    /// <summary>Single precision's range with 8 bits of precision.</summary>
    public const ScalarType bfloat16 = ScalarType.BFloat16;

    /// <summary>Truth value, one byte.</summary>
    public const ScalarType @bool = ScalarType.Bool;

    /// <summary>Main memory.</summary>
    public static Device CPU { get; } = new(DeviceType.CPU, -1);

    /// <summary>The current GPU.</summary>
    public static Device CUDA { get; } = new(DeviceType.CUDA, -1);

    /// <summary>libtorch's version, for example 1.13.1.</summary>
    public static string version { get; } = Read(lethe_version);

    /// <summary>How libtorch was built, several lines.</summary>
    public static string build_info { get; } = Read(lethe_build_info);

    /// <summary>The processor instructions that libtorch uses: DEFAULT, AVX2, AVX512, ….</summary>
    public static string cpu_capability { get; } = Read(lethe_cpu_capability);

    /// <summary>True when the processor multiplies bfloat16 numbers itself (AVX512_BF16 or AMX).</summary>
    public static bool has_bf16_cpu { get; } = ReadFlag();

    /// <summary>Reads <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
    public static Device device(string text) => Device.Parse(text);

    /// <summary>Sets the threads inside one operation, for the whole process. Results depend on the number: set it once, at start.</summary>
    /// <param name="threads">At least 1.</param>
    public static void set_num_threads(int threads)
    {
        if (threads < 1)
            throw new TorchException($"The number of threads must be at least 1, not {threads}.");
        Status.Check(lethe_set_num_threads(threads));
    }

    /// <summary>The threads inside one operation.</summary>
    public static int get_num_threads()
    {
        Status.Check(lethe_get_num_threads(out var threads));
        return threads;
    }

    /// <summary>Refuses operations whose results differ from run to run on the same machine.</summary>
    public static void use_deterministic(bool on) => Status.Check(lethe_set_deterministic(on ? 1 : 0));

    /// <summary>Opens a scope that frees, when disposed, the tensors that this thread makes in the meantime.</summary>
    public static DisposeScope NewDisposeScope() => new(ScopeFrame.Open());

    private delegate int TextFunction(out nint text);

    private static string Read(TextFunction function)
    {
        Status.Check(function(out var text));
        return Status.Text(text);
    }

    private static bool ReadFlag()
    {
        Status.Check(lethe_has_bf16_cpu(out var answer));
        return answer != 0;
    }

    /// <summary>GPUs.</summary>
    public static class cuda
    {
        /// <summary>The number of GPUs that libtorch can use.</summary>
        public static int device_count()
        {
            Status.Check(lethe_cuda_device_count(out var count));
            return count;
        }

        /// <summary>True when libtorch can use a GPU.</summary>
        public static bool is_available() => device_count() > 0;
    }
}
