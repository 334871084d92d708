using System.Globalization;

namespace Lethe.Torch;

/// <summary>Kinds of machines that hold tensors.</summary>
public enum DeviceType
{
    /// <summary>Main memory.</summary>
    CPU = 0,
    /// <summary>An NVIDIA GPU.</summary>
    CUDA = 1,
}

/// <summary>Where a tensor lies.</summary>
public sealed record Device
{
    internal Device(DeviceType type, int index)
    {
        Type = type;
        Index = index;
    }

    /// <summary>The kind of device.</summary>
    public DeviceType Type { get; }

    /// <summary>The GPU's number; -1 means the current one, and the CPU's is always -1.</summary>
    public int Index { get; }

    /// <summary>Reads <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
    /// <exception cref="TorchException">The text is none of these.</exception>
    public static Device Parse(string text)
    {
        if (text == "cpu")
            return torch.CPU;
        if (text == "cuda")
            return torch.CUDA;
        if (text.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return new Device(DeviceType.CUDA, index);
        }
        throw new TorchException($"'{text}' is no device: write cpu, cuda or cuda:0.");
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        Type == DeviceType.CPU ? "cpu" : Index < 0 ? "cuda" : string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}");
}
