using System.Formats.Tar;
using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>
/// Reads the regular files of a tar archive (raw or gzip), one after the other, without writing anything to disk.
/// Names that leave the archive's own tree, links and devices are refused: such an archive was made to do harm.
/// </summary>
internal static class TarFile
{
    private const int BlockSize = 512;
    private const int MagicOffset = 257;

    /// <summary>Names use forward slashes and no leading "./". Contents are read only for names that are wanted.</summary>
    public static IEnumerable<TreeFile> Read(string path, Func<string, bool> wanted, long fileLimit)
    {
        using Stream stream = InputFile.Open(path);
        using var reader = new TarReader(stream);
        while (Next(reader, path) is { } entry)
        {
            if (SafeName(entry, path) is not { } name) continue;
            yield return new TreeFile(name, wanted(name) ? Contents(entry, name, path, fileLimit) : null);
        }
    }

    /// <summary>The data themselves, or, where they are a tar archive, its only file.</summary>
    public static byte[] OnlyFile(byte[] data, string path)
    {
        if (data.Length < BlockSize || !data.AsSpan(MagicOffset, 5).SequenceEqual("ustar"u8)) return data;
        using var reader = new TarReader(new MemoryStream(data, writable: false));
        byte[]? only = null;
        while (Next(reader, path) is { } entry)
        {
            if (SafeName(entry, path) is not { } name) continue;
            if (only is not null) throw new BadDataException($"{path}: the archive holds several files. Extract the one you mean and name it.");
            only = Contents(entry, name, path, InputFile.MaxBytes);
        }
        return only ?? throw new BadDataException($"{path}: the archive holds no file. Extract the data file and name it.");
    }

    private static TarEntry? Next(TarReader reader, string path)
    {
        try
        {
            return reader.GetNextEntry();
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw new BadDataException($"{path}: not a readable tar archive, or cut off ({FirstLine(error)}). Give a .tar or .tar.gz that `tar t` lists, or a directory.", error);
        }
    }

    private static byte[] Contents(TarEntry entry, string name, string path, long limit)
    {
        if (entry.Length > limit)
            throw new BadDataException($"{path}: the entry '{name}' holds {entry.Length:N0} bytes; at most {limit:N0} are read. Remove it from the archive.");
        try
        {
            byte[] data = entry.DataStream is { } stream ? InputFile.ReadClaimed(stream, $"{path}: the entry '{name}'", entry.Length, limit) : [];
            if (data.Length != entry.Length) throw new EndOfStreamException();
            return data;
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw new BadDataException($"{path}: ends inside the entry '{name}'. The archive is cut off: fetch it again.", error);
        }
    }

    /// <returns>The name of a regular file; null for what holds no data.</returns>
    private static string? SafeName(TarEntry entry, string path)
    {
        string name = entry.Name;
        string[] parts = name.Split('/', '\\');
        if (name.StartsWith('/') || name.StartsWith('\\') || parts.Contains("..") || name.Contains('\0') || (parts[0].Length == 2 && parts[0][1] == ':'))
            throw new BadDataException($"{path}: the entry '{name}' has an absolute name or leaves the archive by '..'. The archive is not trusted: pack it again with relative names.");
        switch (entry.EntryType)
        {
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                return string.Join('/', name.Split('/').Where(part => part is not ("." or "")));
            case TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes or TarEntryType.DirectoryList:
                return null;
            default:
                throw new BadDataException($"{path}: the entry '{name}' is a {entry.EntryType}, not a file. Pack the archive again without links and devices (tar --dereference).");
        }
    }

    private static bool IsDamage(Exception error) =>
        error is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException or NotSupportedException
            or InvalidOperationException or IndexOutOfRangeException or IOException;

    private static string FirstLine(Exception error) => error.Message.Split('\n', 2)[0].TrimEnd('\r', '.', ' ');
}
