using Lethe.Torch.Native;
using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

/// <summary>A random stream of its own. Two generators of one seed draw the same numbers; nothing else influences them.</summary>
public sealed class Generator : IDisposable
{
    /// <summary>Starts a stream.</summary>
    /// <param name="seed">Determines every number drawn.</param>
    /// <param name="device">Where the tensors to be filled lie; the CPU when null.</param>
    public Generator(ulong seed, Device? device = null)
    {
        this.device = device ?? torch.CPU;
        Status.Check(lethe_generator_new(seed, (int)this.device.Type, this.device.Index, out var handle));
        Handle = handle;
    }

    internal GeneratorHandle Handle { get; }

    /// <summary>Where the tensors to be filled must lie.</summary>
    public Device device { get; }

    /// <summary>The stream's position, to be given back to <see cref="set_state"/>.</summary>
    public byte[] get_state()
    {
        Status.Check(lethe_generator_get_state(Handle, out var handle));
        using var state = new Tensor(handle);
        return state.bytes();
    }

    /// <summary>Goes to a position that <see cref="get_state"/> returned.</summary>
    /// <exception cref="TorchException">The bytes are no such position.</exception>
    public void set_state(ReadOnlySpan<byte> state)
    {
        using var tensor = torch.frombuffer(state, ScalarType.Byte, [state.Length]);
        Status.Check(lethe_generator_set_state(Handle, tensor.Handle));
    }

    /// <summary>Frees the stream.</summary>
    public void Dispose() => Handle.Dispose();
}
