using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>
/// Reads numeric arrays by name from a MATLAB file of level 5 (save -v6 and -v7; "MAT-File Format", The MathWorks): a header of 128 bytes,
/// then elements of type, size and data, each possibly a zlib stream that holds one element.
/// </summary>
internal static class MatFile
{
    private const int HeaderBytes = 128;
    private const int VersionOffset = 124;

    public static IReadOnlyDictionary<string, MatArray> Read(string path, params string[] names)
    {
        using Stream stream = InputFile.Open(path, out InputSize available);
        RequireHeader(stream, path);
        var arrays = new Dictionary<string, MatArray>(StringComparer.Ordinal);
        Span<byte> tag = stackalloc byte[8];
        int read;
        while ((read = stream.ReadAtLeast(tag, 8, throwOnEndOfStream: false)) > 0)
        {
            long size = BinaryPrimitives.ReadUInt32LittleEndian(tag[4..]);
            if (read < 8 || size > available.Bytes) throw CutOff(path);
            using var element = new BoundedStream(stream, size);
            MatArray? array = ReadElement(element, (MatType)BinaryPrimitives.ReadUInt32LittleEndian(tag), size, path, names, out string name);
            if (!element.TrySkip()) throw CutOff(path);
            if (array is not null && !arrays.TryAdd(name, array))
                throw new BadDataException($"{path}: holds the array '{name}' twice. Fetch the file again.");
        }
        string[] missing = [.. names.Where(name => !arrays.ContainsKey(name))];
        return missing.Length == 0
            ? arrays
            : throw new BadDataException($"{path}: holds no array named {string.Join(" and none named ", missing)}. Check that this is the right MATLAB file.");
    }

    private static MatArray? ReadElement(Stream element, MatType type, long size, string path, string[] names, out string name)
    {
        name = "";
        try
        {
            switch (type)
            {
                case MatType.Matrix:
                    return new MatMatrixReader(element, path, size).Read(names, out name);
                case MatType.Compressed:
                    using (var inflated = new ZLibStream(element, CompressionMode.Decompress, leaveOpen: true))
                        return ReadCompressed(inflated, size, path, names, out name);
                default:
                    return null;
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw CutOff(path, error);
        }
    }

    private static MatArray? ReadCompressed(ZLibStream inflated, long size, string path, string[] names, out string name)
    {
        Span<byte> tag = stackalloc byte[8];
        inflated.ReadExactly(tag);
        name = "";
        if ((MatType)BinaryPrimitives.ReadUInt32LittleEndian(tag) != MatType.Matrix) return null;
        MatArray? array = new MatMatrixReader(inflated, path, size * InputFile.MaxGzipRatio).Read(names, out name);
        if (array is not null && inflated.ReadByte() >= 0)
            throw new BadDataException($"{path}: the array '{name}' holds more data than its header promises. The file is damaged: fetch it again.");
        return array;
    }

    private static void RequireHeader(Stream stream, string path)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        int read = stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        string text = Encoding.Latin1.GetString(header[..Math.Min(read, 20)]);
        if (text.StartsWith("MATLAB 7.3", StringComparison.Ordinal))
            throw new BadDataException($"{path}: is a MATLAB 7.3 file (HDF5), which is not read. Save it again with: save -v7");
        if (read < HeaderBytes || !header[VersionOffset..].SequenceEqual<byte>([0, 1, (byte)'I', (byte)'M']))
            throw new BadDataException($"{path}: not a little-endian MATLAB file of level 5. Name the .mat file itself, saved with: save -v7");
    }

    private static BadDataException CutOff(string path, Exception? inner = null) =>
        new($"{path}: the MATLAB data are cut off or damaged. Fetch the file again.", inner);
}
