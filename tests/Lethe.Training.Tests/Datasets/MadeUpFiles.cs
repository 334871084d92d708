using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Lethe.Training.Tests.Datasets;

/// <summary>A temporary folder with small data files in every format.</summary>
internal sealed class MadeUpFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lethe-datasets-");

    public string Root => _folder.FullName;

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string Write(string name, byte[] data)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, data);
        return path;
    }

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(byte[] data)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(data);
        return memory.ToArray();
    }

    public static byte[] Idx(byte type, int[] shape, byte[] bigEndianData)
    {
        var data = new byte[4 + 4 * shape.Length + bigEndianData.Length];
        (data[2], data[3]) = (type, (byte)shape.Length);
        for (int i = 0; i < shape.Length; i++) BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4 + 4 * i), shape[i]);
        bigEndianData.CopyTo(data, 4 + 4 * shape.Length);
        return data;
    }

    public static byte[] BigEndian(params int[] values)
    {
        var data = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4 * i), values[i]);
        return data;
    }

    public static byte[] Counting(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)i)];

    public static byte[] Pgm(int width, int height, byte value) =>
        [.. Encoding.ASCII.GetBytes($"P5\n{width} {height}\n255\n"), .. Enumerable.Repeat(value, width * height)];

    public static byte[] Ppm(int width, int height, byte red, byte green, byte blue) =>
        [.. Encoding.ASCII.GetBytes($"P6\n{width} {height}\n255\n"), .. Enumerable.Range(0, width * height).SelectMany(_ => new[] { red, green, blue })];

    public static byte[] Tar(params (string Name, byte[] Data)[] files) =>
        TarOf([.. files.Select(file => (TarEntry)new PaxTarEntry(TarEntryType.RegularFile, file.Name) { DataStream = new MemoryStream(file.Data) })]);

    public static byte[] TarOf(params TarEntry[] entries)
    {
        using var memory = new MemoryStream();
        using (var writer = new TarWriter(memory, leaveOpen: true))
        {
            foreach (TarEntry entry in entries) writer.WriteEntry(entry);
        }
        return memory.ToArray();
    }

    public static byte[] Npy(string descr, string shape, byte[] data, string order = "False", byte version = 1)
    {
        string header = $"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': ({shape}), }}\n";
        byte[] length = version == 1 ? [(byte)header.Length, (byte)(header.Length >> 8)] : [(byte)header.Length, (byte)(header.Length >> 8), 0, 0];
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.Latin1.GetBytes(header), .. data];
    }

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Data)[] entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] data) in entries)
            {
                using Stream stream = zip.CreateEntry(name, level).Open();
                stream.Write(data);
            }
        }
        return memory.ToArray();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
