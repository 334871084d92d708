using System.Security.Cryptography;
using Lethe.Core.Errors;

namespace Lethe.Core.Store;

/// <summary>Removes files whose content must not be read from the disk's free space afterwards, as far as writing over them can see to that.</summary>
/// <remarks>
/// The bytes are overwritten in place with random ones and flushed before the name goes. That reaches the old blocks on a plain file
/// system on a magnetic disk. It does not on copy-on-write file systems (Btrfs, ZFS, APFS, snapshots), where journals hold data
/// (ext4 data=journal), on SSDs and other flash, which write elsewhere, and never in backups: there only the destroyed key of an
/// encrypted volume helps.
/// </remarks>
public static class ErasedFile
{
    private const int Chunk = 1 << 16;
    private const string OldSuffix = ".old.tmp";

    /// <summary>Overwrites a file's bytes and flushes them to the disk; a missing file is left alone.</summary>
    /// <exception cref="LetheException">The file cannot be written.</exception>
    public static void Overwrite(string path)
    {
        if (!File.Exists(path))
            return;
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            Overwrite(handle);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LetheException($"Cannot overwrite {path}: {error.Message} Correct the permissions, then repeat the command.", error);
        }
    }

    /// <summary>Removes a file, overwritten first where that is asked for; a missing file is left alone.</summary>
    /// <exception cref="LetheException">The file cannot be written or removed.</exception>
    public static void Delete(string path, bool overwrite)
    {
        if (overwrite)
            Overwrite(path);
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LetheException($"Cannot remove {path}: {error.Message} Correct the permissions, then repeat the command.", error);
        }
    }

    /// <summary>Replaces a text file at once or not at all, and overwrites the old bytes afterwards where that is asked for.</summary>
    /// <remarks>Until then the old bytes keep the file's name with ".old.tmp" behind it, so that a killed process's successor finds them: <see cref="DeleteLeftover"/>.</remarks>
    /// <exception cref="LetheException">The file cannot be written.</exception>
    public static void Replace(string path, string text, bool overwrite)
    {
        using var old = overwrite && File.Exists(path) ? File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete) : null;
        var second = path + OldSuffix;
        if (old is not null)
        {
            DeleteLeftover(second, overwrite: true);
            NativeFile.TryLink(path, second);
        }
        AtomicFile.WriteAllText(path, text);
        if (old is null)
            return;
        Overwrite(old);
        Delete(second, overwrite: false);
    }

    /// <summary>Removes a file that a killed process left, overwritten first where that is asked for, unless its bytes still are those of the file that it was to replace.</summary>
    /// <exception cref="LetheException">The file cannot be written or removed.</exception>
    public static void DeleteLeftover(string path, bool overwrite)
    {
        var isSecondName = path.EndsWith(OldSuffix, StringComparison.Ordinal) && File.Exists(path)
            && path[..^OldSuffix.Length] is var first && File.Exists(first) && File.ReadAllBytes(first).AsSpan().SequenceEqual(File.ReadAllBytes(path));
        Delete(path, overwrite && !isSecondName);
    }

    private static void Overwrite(Microsoft.Win32.SafeHandles.SafeFileHandle handle)
    {
        var buffer = new byte[Chunk];
        var length = RandomAccess.GetLength(handle);
        for (var offset = 0L; offset < length; offset += Chunk)
        {
            RandomNumberGenerator.Fill(buffer);
            RandomAccess.Write(handle, buffer.AsSpan(0, (int)Math.Min(Chunk, length - offset)), offset);
        }
        RandomAccess.FlushToDisk(handle);
    }
}
