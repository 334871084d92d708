using System.Text;
using Lethe.Core.Errors;

namespace Lethe.Core.Store;

/// <summary>
/// Replaces a file as a whole: whatever happens, a reader finds the old content or the new, never a part, and after
/// the call the new content survives a loss of power. Two writers of one file at a time need a lock around them.
/// </summary>
public static class AtomicFile
{
    private const string TemporarySuffix = ".tmp";

    /// <summary>Writes UTF-8 text without a byte order mark.</summary>
    /// <inheritdoc cref="WriteAllBytes"/>
    public static void WriteAllText(string path, string text) => WriteAllBytes(path, Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// Writes the bytes to the file's name with ".tmp" behind it, flushes them to the disk, renames, and flushes the
    /// directory. What a killed process leaves under that name is overwritten by the next call.
    /// </summary>
    /// <exception cref="LetheException">The file cannot be written or made durable; it is still whole, old or new.</exception>
    public static void WriteAllBytes(string path, ReadOnlySpan<byte> data)
    {
        var full = Path.GetFullPath(path);
        var temporary = full + TemporarySuffix;
        try
        {
            using (var handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write, FileShare.Read))
            {
                RandomAccess.Write(handle, data, 0);
                RandomAccess.FlushToDisk(handle);
            }
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw new LetheException($"Cannot write {full}: {error.Message} Free space or correct the permissions, then repeat the command.", error);
        }
        NativeFile.FlushDirectory(Path.GetDirectoryName(full)!);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The failure to write is what the caller must hear of.
        }
    }
}
