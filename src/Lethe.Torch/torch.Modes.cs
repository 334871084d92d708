using Lethe.Torch.Native;
using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

/// <summary>Restores, when disposed, whether the thread records operations for differentiation.</summary>
public ref struct GradModeScope : IDisposable
{
    private readonly int _previous;
    private bool _open;

    internal GradModeScope(bool on)
    {
        Status.Check(lethe_set_grad_enabled(on ? 1 : 0, out _previous));
        _open = true;
    }

    /// <summary>Goes back to the mode before.</summary>
    public void Dispose()
    {
        if (!_open)
            return;
        _open = false;
        Status.Check(lethe_set_grad_enabled(_previous, out _));
    }
}

/// <summary>Ends, when disposed, the automatic choice of precision.</summary>
public ref struct AutocastScope : IDisposable
{
    private readonly DeviceType _device;
    private readonly int _previousOn;
    private readonly int _previousType;
    private bool _open;

    internal AutocastScope(ScalarType type, bool enabled, DeviceType device)
    {
        _device = device;
        Status.Check(lethe_autocast_enter((int)device, (int)type, enabled ? 1 : 0, out _previousOn, out _previousType));
        _open = true;
    }

    /// <summary>Goes back to the mode before; forgets the converted weights when the outermost scope ends.</summary>
    public void Dispose()
    {
        if (!_open)
            return;
        _open = false;
        Status.Check(lethe_autocast_exit((int)_device, _previousOn, _previousType));
    }
}

public static partial class torch
{
    /// <summary>This thread does not record operations until the result is disposed.</summary>
    public static GradModeScope no_grad() => new(false);

    /// <summary>This thread records operations until the result is disposed.</summary>
    public static GradModeScope enable_grad() => new(true);

    /// <summary>This thread records operations, or not, until the result is disposed.</summary>
    public static GradModeScope set_grad_enabled(bool mode) => new(mode);

    /// <summary>True when this thread records operations.</summary>
    public static bool is_grad_enabled()
    {
        Status.Check(lethe_is_grad_enabled(out var answer));
        return answer != 0;
    }

    /// <summary>
    /// Until the result is disposed, this thread computes convolutions and matrix products in a lower precision and what needs it in
    /// single precision, as PyTorch's autocast does. Wrap the forward pass and the loss, not the backward pass.
    /// </summary>
    /// <param name="dtype">BFloat16; on a GPU also Float16.</param>
    /// <param name="enabled">False switches off what an outer scope switched on.</param>
    /// <param name="device">The kind of device whose operations are meant.</param>
    public static AutocastScope autocast(ScalarType dtype, bool enabled = true, DeviceType device = DeviceType.CPU) =>
        new(dtype, enabled, device);

    /// <summary>True inside an enabled <see cref="autocast"/> of this thread.</summary>
    public static bool is_autocast_enabled(DeviceType device = DeviceType.CPU)
    {
        Status.Check(lethe_is_autocast_enabled((int)device, out var answer));
        return answer != 0;
    }
}
