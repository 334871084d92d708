using System.Runtime.InteropServices;
using Lethe.Core.Errors;
using Microsoft.Win32.SafeHandles;

namespace Lethe.Core.Store;

/// <summary>The few file operations of the operating system that .NET does not offer.</summary>
internal static class NativeFile
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;

    /// <summary>Makes a directory's entries (created, renamed, removed names) durable. Does nothing on Windows.</summary>
    /// <exception cref="LetheException">The directory cannot be opened or the disk refuses.</exception>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var handle = OpenUnlocked(path);
        if (handle.IsInvalid || FileSync(handle) != 0)
            throw new LetheException($"Cannot make directory {path} durable: {LastError()}. Check the disk.");
    }

    /// <summary>
    /// Opens a file or directory for reading without the advisory lock that .NET takes, so that a file locked by
    /// another process can be read. The handle may be invalid.
    /// </summary>
    public static SafeFileHandle OpenUnlocked(string path) => Open(path, ReadOnly | (OperatingSystem.IsLinux() ? CloseOnExec : 0));

    /// <summary>Gives a file a second name; false where that is not possible, as on Windows and some file systems.</summary>
    public static bool TryLink(string path, string second) => !OperatingSystem.IsWindows() && Link(path, second) == 0;

    private static string LastError() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPUTF8Str)] string second);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int FileSync(SafeFileHandle handle);
}
