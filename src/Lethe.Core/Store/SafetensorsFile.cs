using System.IO.MemoryMappedFiles;
using Lethe.Core.Errors;

namespace Lethe.Core.Store;

/// <summary>
/// A safetensors file mapped into memory: opening reads the header only, and an array's bytes are read from the disk
/// when they are asked for. The file must not be changed while it is open.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly string _path;
    private readonly SafetensorsHeader _header;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private SafetensorsFile(string path, SafetensorsHeader header, MemoryMappedFile file)
    {
        (_path, _header, _file) = (path, header, file);
        _view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    /// <summary>The names in ordinal order.</summary>
    public IReadOnlyCollection<string> Names => _header.Entries.Keys;

    /// <summary>The metadata; empty when the file has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>One array, its bytes copied out of the mapping.</summary>
    /// <exception cref="BadDataException">There is no such array, or it has more than 2 GiB (use <see cref="CopyTo"/>).</exception>
    public NamedArray this[string name]
    {
        get
        {
            var entry = Entry(name);
            if (entry.Length > Array.MaxLength)
                throw new BadDataException($"{_path}: array '{name}' has {entry.Length} bytes, more than fit into one array in memory.");
            var data = GC.AllocateUninitializedArray<byte>((int)entry.Length);
            Read(entry, 0, data);
            return new(name, entry.Type, entry.Shape, data);
        }
    }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="BadDataException">The file is missing, unreadable or no valid safetensors file.</exception>
    public static SafetensorsFile Open(string path)
    {
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            try
            {
                var header = ReadHeader(stream, path);
                return new(path, header, MemoryMappedFile.CreateFromFile(
                    stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false));
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"Cannot read {path}: {error.Message} Check the path and the permissions.", error);
        }
    }

    /// <summary>Whether the file has an array of this name.</summary>
    public bool Contains(string name) => _header.Entries.ContainsKey(name);

    /// <summary>The element type and shape of an array, without reading it.</summary>
    /// <exception cref="BadDataException">There is no such array.</exception>
    public (ElementType Type, IReadOnlyList<long> Shape) Describe(string name) => (Entry(name).Type, Entry(name).Shape);

    /// <summary>Copies bytes of an array from <paramref name="offset"/> on until the destination is full.</summary>
    /// <exception cref="BadDataException">There is no such array.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such bytes.</exception>
    public void CopyTo(string name, long offset, Span<byte> destination)
    {
        var entry = Entry(name);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, entry.Length - destination.Length);
        Read(entry, offset, destination);
    }

    /// <summary>Unmaps and closes the file.</summary>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private static SafetensorsHeader ReadHeader(FileStream stream, string path)
    {
        Span<byte> start = stackalloc byte[Safetensors.LengthBytes];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var json = new byte[SafetensorsHeader.Length(start[..read], stream.Length, path)];
        stream.ReadExactly(json);
        return SafetensorsHeader.Parse(json, stream.Length, path);
    }

    private SafetensorsEntry Entry(string name) => _header.Entries.TryGetValue(name, out var entry)
        ? entry
        : throw new BadDataException($"{_path} has no array '{name}'; it has {_header.Entries.Count} others.");

    private void Read(SafetensorsEntry entry, long offset, Span<byte> destination) =>
        _view.SafeMemoryMappedViewHandle.ReadSpan((ulong)(_view.PointerOffset + _header.DataStart + entry.Begin + offset), destination);
}
