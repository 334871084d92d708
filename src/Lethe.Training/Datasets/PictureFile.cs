namespace Lethe.Training.Datasets;

/// <summary>An encoded picture: its name for messages, and its bytes when asked for.</summary>
internal sealed record PictureFile(string Name, Func<byte[]> Read)
{
    private static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".bmp", ".pgm", ".ppm", ".pnm"];

    public static PictureFile InMemory(string name, byte[] data) => new(name, () => data);

    public static PictureFile OnDisk(string name, string path) => new(name, () => FileTree.ReadFile(path));

    public static bool HasEnding(string name) => Endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the text names a picture in a folder itself, not one above or below it.</summary>
    public static bool IsPlainName(string name) => HasEnding(name) && name.IndexOfAny(['/', '\\', '\0']) < 0 && !name.StartsWith('.');
}
