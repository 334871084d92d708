using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>A file below a root; <paramref name="Data"/> is null where only the name was asked for.</summary>
internal readonly record struct TreeFile(string Name, byte[]? Data);

/// <summary>The files below a directory or inside a tar archive, alike: names relative to the root, with forward slashes.</summary>
internal static class FileTree
{
    /// <summary>A larger file in a tree of records is no record.</summary>
    public const long FileLimit = 256L << 20;

    public static IEnumerable<TreeFile> Read(string root, Func<string, bool> wanted)
    {
        if (Directory.Exists(root)) return ReadDirectory(root, wanted);
        if (File.Exists(root)) return TarFile.Read(root, wanted, FileLimit);
        throw new BadDataException($"{root}: there is no such directory or archive. Check the path (relative paths start at {Environment.CurrentDirectory}).");
    }

    public static IEnumerable<string> Names(string root) => Read(root, _ => false).Select(file => file.Name);

    /// <summary>The contents of some files in the ordinal order of their keys.</summary>
    /// <param name="root">A directory or tar archive.</param>
    /// <param name="key">The key of a file by its name; null leaves the file out.</param>
    public static SortedDictionary<string, byte[]> Collect(string root, Func<string, string?> key)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        long total = 0;
        foreach (TreeFile file in Read(root, name => key(name) is not null))
        {
            if (file.Data is null) continue;
            total += file.Data.Length;
            if (total > InputFile.MaxBytes) throw new BadDataException($"{root}: holds more than {InputFile.MaxBytes:N0} bytes of records, the most that is read. Split the data.");
            if (!files.TryAdd(key(file.Name)!, file.Data)) throw new BadDataException($"{root}: the entry '{file.Name}' occurs twice. Pack the archive again.");
        }
        return files;
    }

    private static IEnumerable<TreeFile> ReadDirectory(string root, Func<string, bool> wanted)
    {
        var walk = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, MaxRecursionDepth = 32 };
        foreach (string file in Directory.EnumerateFiles(root, "*", walk))
        {
            string name = Path.GetRelativePath(root, file).Replace('\\', '/');
            yield return new TreeFile(name, wanted(name) ? ReadFile(file) : null);
        }
    }

    public static byte[] ReadFile(string path)
    {
        using FileStream stream = InputFile.OpenRaw(path);
        return InputFile.ReadClaimed(stream, path, stream.Length, FileLimit);
    }
}
