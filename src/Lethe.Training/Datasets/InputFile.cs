using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>Opens data files, raw or gzip (told apart by their first bytes), and bounds what may come out of them.</summary>
internal static class InputFile
{
    /// <summary>The most bytes that one decompressed file may hold: the longest array .NET allows (just under 2 GiB).</summary>
    public static long MaxBytes => Array.MaxLength;

    /// <summary>Deflate cannot shrink data further than about 1032 to 1; a header that promises more is a lie.</summary>
    public const long MaxGzipRatio = 1040;

    /// <summary>Up to this size an array is made from a claimed length alone.</summary>
    private const int SmallFile = 1 << 20;

    public static Stream Open(string path) => Open(path, out _);

    /// <param name="path">The file.</param>
    /// <param name="available">An upper bound of the bytes that can be read; exact for a raw file.</param>
    public static Stream Open(string path, out InputSize available)
    {
        FileStream file = OpenRaw(path);
        Span<byte> magic = stackalloc byte[2];
        bool gzip = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic[0] == 0x1f && magic[1] == 0x8b;
        file.Position = 0;
        available = gzip ? new InputSize(file.Length * MaxGzipRatio, false) : new InputSize(file.Length, true);
        return gzip ? new CheckedGzipStream(file, path) : file;
    }

    public static FileStream OpenRaw(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 64 * 1024);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadDataException($"{path}: there is no such file. Check the path (relative paths start at {Environment.CurrentDirectory}).", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new BadDataException($"{path}: the file cannot be read ({error.Message}). It must be an ordinary file that you may read.", error);
        }
    }

    /// <summary>The whole file, decompressed.</summary>
    public static byte[] ReadAll(string path)
    {
        using Stream stream = Open(path);
        return ReadAll(stream, path, MaxBytes);
    }

    /// <summary>The rest of a stream; more than <paramref name="limit"/> bytes is an error that names <paramref name="what"/>.</summary>
    public static byte[] ReadAll(Stream stream, string what, long limit)
    {
        using var memory = new MemoryStream();
        byte[] buffer = new byte[128 * 1024];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            if (memory.Length + read > limit) throw new BadDataException($"{what}: holds more than {limit:N0} bytes, the most that is read. Split the data.");
            memory.Write(buffer, 0, read);
        }
        return memory.ToArray();
    }

    /// <summary>What is left of a stream that claims to hold <paramref name="length"/> bytes; a false claim gives other bytes, not a huge array.</summary>
    public static byte[] ReadClaimed(Stream stream, string what, long length, long limit)
    {
        if (length > SmallFile) return ReadAll(stream, what, limit);
        byte[] data = new byte[length];
        int read = stream.ReadAtLeast(data, data.Length, throwOnEndOfStream: false);
        return read == data.Length ? data : data[..read];
    }

    /// <summary>Exactly <paramref name="count"/> bytes, and then the stream must end.</summary>
    public static byte[] ReadExactly(Stream stream, string path, long count, InputSize available)
    {
        if (count > MaxBytes || count > available.Bytes)
            throw new BadDataException($"{path}: the header promises {count:N0} bytes of data, which the file cannot hold. The file is cut off or damaged: fetch it again.");
        byte[] data = GC.AllocateUninitializedArray<byte>((int)count);
        if (stream.ReadAtLeast(data, data.Length, throwOnEndOfStream: false) != data.Length)
            throw new BadDataException($"{path}: ends before the {count:N0} bytes of data that its header promises. The file is cut off: fetch it again.");
        if (stream.ReadByte() >= 0)
            throw new BadDataException($"{path}: holds more than the {count:N0} bytes of data that its header promises. The file is damaged: fetch it again.");
        return data;
    }
}

/// <summary>How many bytes an input can yield at most; <paramref name="Exact"/> when it is not compressed.</summary>
internal readonly record struct InputSize(long Bytes, bool Exact);
