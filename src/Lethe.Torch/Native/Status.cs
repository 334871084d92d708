using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lethe.Torch.Native;

/// <summary>The only place that looks at the status of native calls.</summary>
internal static class Status
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(int status)
    {
        if (status != 0)
            Throw(status);
    }

    internal static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";

    private static void Throw(int status)
    {
        var message = Text(NativeMethods.lethe_last_error());
        var end = message.IndexOf("\nException raised from", StringComparison.Ordinal);
        if (end >= 0)
            message = message[..end];
        throw new TorchException(status == 2 ? $"Out of memory: {message}" : message.Trim());
    }
}
