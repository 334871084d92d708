using System.Runtime.InteropServices;

namespace Lethe.Torch.Native;

/// <summary>Owns one native tensor reference.</summary>
internal sealed class TensorHandle : SafeHandle
{
    /// <summary>Stands for an absent optional tensor.</summary>
    internal static readonly TensorHandle None = new();

    public TensorHandle() : base(0, ownsHandle: true)
    {
    }

    internal TensorHandle(nint value) : this() => SetHandle(value);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => NativeMethods.lethe_tensor_free(handle) == 0;
}

/// <summary>Owns one native random stream.</summary>
internal sealed class GeneratorHandle : SafeHandle
{
    public GeneratorHandle() : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => NativeMethods.lethe_generator_free(handle) == 0;
}

/// <summary>Owns one native TorchScript module.</summary>
internal sealed class ScriptHandle : SafeHandle
{
    public ScriptHandle() : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => NativeMethods.lethe_script_free(handle) == 0;
}
