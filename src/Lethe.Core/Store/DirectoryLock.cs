using System.Globalization;
using System.Text;
using Lethe.Core.Errors;
using Microsoft.Win32.SafeHandles;

namespace Lethe.Core.Store;

/// <summary>
/// The exclusive right to write a directory: an advisory lock on its file "lock", which holds the owner's process id.
/// The operating system releases it when the process ends, however it ends. The file itself stays.
/// </summary>
public sealed class DirectoryLock : IDisposable
{
    private const string FileName = "lock";
    private const int LinuxWouldBlock = 11, MacWouldBlock = 35, WindowsSharingViolation = unchecked((int)0x80070020);
    private readonly SafeFileHandle _handle;

    private DirectoryLock(SafeFileHandle handle) => _handle = handle;

    /// <summary>Takes the lock, or fails at once.</summary>
    /// <param name="directory">An existing directory.</param>
    /// <exception cref="RunInUseException">Somebody else holds it; the message names the process.</exception>
    /// <exception cref="BadDataException">The directory does not exist or cannot be written.</exception>
    public static DirectoryLock Acquire(string directory)
    {
        var path = Path.Combine(Path.GetFullPath(directory), FileName);
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation)
        {
            throw new RunInUseException($"Directory {directory} is in use by {Owner(path)}: wait until it ends, or end it.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"Cannot lock directory {directory}: {error.Message} Check that it exists and that you may write it.", error);
        }
        RandomAccess.SetLength(handle, 0);
        RandomAccess.Write(handle, Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)), 0);
        return new(handle);
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose()
    {
        if (_handle.IsClosed)
            return;
        RandomAccess.SetLength(_handle, 0);
        _handle.Dispose();
    }

    private static string Owner(string path)
    {
        if (OperatingSystem.IsWindows())
            return "another process";
        using var handle = NativeFile.OpenUnlocked(path);
        Span<byte> text = stackalloc byte[16];
        var length = handle.IsInvalid ? 0 : RandomAccess.Read(handle, text, 0);
        return length == 0 ? "another process" : $"process {Encoding.ASCII.GetString(text[..length])}";
    }
}
