using System.IO.Compression;

namespace Lethe.Training.Models;

/// <summary>Finds what a TorchScript archive still holds after its parameters and buffers have been set to zero.</summary>
internal static class UnnamedValues
{
    private static readonly string[] Indices = ["torch.LongStorage", "torch.IntStorage", "torch.ShortStorage", "torch.BoolStorage"];

    /// <summary>Tensors of more than one element that are not all zero: attributes by their name, constants of the code by their number, each with its shape.</summary>
    /// <remarks>Integers of 16 bits and more and truth values are passed over: they are indices and masks. Strings and numbers are not looked at.</remarks>
    /// <exception cref="InvalidDataException">The archive is none that libtorch writes.</exception>
    public static IReadOnlyList<string> Find(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive, writable: false));
        var entries = zip.Entries.ToDictionary(entry => entry.FullName[(entry.FullName.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        return
        [
            .. Find(entries, "data", name => name),
            .. Find(entries, "constants", name => $"constant {name[1..^1]} of the code"),
        ];
    }

    private static IEnumerable<string> Find(Dictionary<string, ZipArchiveEntry> entries, string part, Func<string, string> named) =>
        ScriptPickle.Tensors(Bytes(entries[part + ".pkl"]))
            .Where(entry => entry.Tensor.Elements > 1 && !Indices.Contains(entry.Tensor.Kind))
            .Where(entry => Bytes(entries[$"{part}/{entry.Tensor.Key}"]).AsSpan().ContainsAnyExcept((byte)0))
            .Select(entry => $"{named(entry.Name)} {entry.Tensor.Shape}");

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
