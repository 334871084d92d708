using System.Text;
using Lethe.Core.Errors;

namespace Lethe.Core.Store;

/// <summary>Files with secrets: readable by their owner alone from their first byte on, and never overwritten.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a new file and makes it durable.</summary>
    /// <exception cref="BadDataException">It exists already, or cannot be written.</exception>
    public static void Create(string path, string text)
    {
        var full = Path.GetFullPath(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var stream = new FileStream(full, options);
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }
        catch (IOException) when (File.Exists(full))
        {
            throw new BadDataException($"{path} is there already and is not overwritten: choose another name, or move it away.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"{path} cannot be written: {error.Message} Choose a directory that exists and that you may write.", error);
        }
        NativeFile.FlushDirectory(Path.GetDirectoryName(full)!);
    }
}
