using System.Text;
using Lethe.Core.Errors;

namespace Lethe.Core.Store;

/// <summary>Files with secrets: readable by their owner alone from their first byte on, there whole or not at all, and never overwritten.</summary>
public static class PrivateFile
{
    private const string TemporarySuffix = ".tmp";

    /// <summary>Writes a new file and makes it durable.</summary>
    /// <param name="path">The file; a process killed while it writes leaves at most a file whose name ends in <c>.tmp</c>, also private.</param>
    /// <param name="text">Its text, written as UTF-8.</param>
    /// <exception cref="BadDataException">It exists already, or cannot be written.</exception>
    public static void Create(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var full = Path.GetFullPath(path);
        var temporary = full + TemporarySuffix;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            File.Delete(temporary);
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: false);
        }
        catch (IOException) when (Path.Exists(full))
        {
            File.Delete(temporary);
            throw new BadDataException($"{path} is there already and is not overwritten: choose another name, or move it away.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"{path} cannot be written: {error.Message} Choose a directory that exists and that you may write.", error);
        }
        NativeFile.FlushDirectory(Path.GetDirectoryName(full)!);
    }
}
