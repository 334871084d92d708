namespace Lethe.Torch;

/// <summary>An error that libtorch reported, or a misuse of a tensor.</summary>
public sealed class TorchException : Exception
{
    /// <summary>Makes the exception with libtorch's message.</summary>
    public TorchException(string message) : base(message)
    {
    }
}
