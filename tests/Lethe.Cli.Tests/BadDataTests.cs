using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Lethe.Cli.Tests;

/// <summary>Data that cannot be trained on: exit code 3, one line that names the file, no run directory.</summary>
public sealed class BadDataTests(TinyRun tiny)
{
    private readonly string _folder = Directory.CreateDirectory(tiny.Fresh()).FullName;

    [Fact]
    public void A_truncated_gz()
    {
        byte[] whole = Gzip(Idx([4, 2, 3], [.. Enumerable.Range(0, 24).Select(i => (byte)(i * 37))]));
        string images = Write("images.gz", whole[..(whole.Length / 2)]);
        Refused($"idx:{images},{Labels(0, 1, 0, 1)}", images);
        string table = Write("people.csv.gz", Gzip(File.ReadAllBytes(tiny.DataFile))[..500]);
        Refused($"csv:{table}?label=kind", table);
    }

    [Fact]
    public void A_wrong_magic()
    {
        byte[] whole = Idx([4, 2, 3], new byte[24]);
        whole[0] = 1;
        string images = Write("images", whole);
        Refused($"idx:{images},{Labels(0, 1, 0, 1)}", images, "not an IDX file");
    }

    [Fact]
    public void A_label_out_of_range()
    {
        foreach (string split in new[] { "train", "t10k" })
        {
            Write(split + "-images-idx3-ubyte", Idx([2, 2, 2], new byte[8]));
            Write(split + "-labels-idx1-ubyte", Idx([2], [9, 10]));
        }

        Refused($"mnist:{_folder}", "train-labels-idx1-ubyte", "label of record 1 is 10");
    }

    [Fact]
    public void An_image_that_is_no_image()
    {
        string archive = Tar("pictures.tar", ("a/1.pgm", s_picture), ("b/2.jpg", "text"u8.ToArray()));
        Refused($"image-folder:{archive}", archive, "b/2.jpg");
        Write("pictures/a/1.pgm", s_picture);
        Write("pictures/b/2.png", "text"u8.ToArray());
        Refused($"image-folder:{Path.Combine(_folder, "pictures")}", "2.png");
    }

    [Theory]
    [InlineData("../a/2.pgm")]
    [InlineData("/tmp/a/2.pgm")]
    public void A_name_that_leaves_the_archive(string name)
    {
        string archive = Tar("names.tar", ("a/1.pgm", s_picture), (name, s_picture));
        Refused($"image-folder:{archive}", archive, name);
        Assert.Equal(["names.tar"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_missing_column()
    {
        Refused($"csv:{tiny.DataFile}?label=species", tiny.DataFile, "species");
        Refused($"csv:{tiny.DataFile}?label=kind&subject=owner", tiny.DataFile, "owner");
    }

    [Fact]
    public void Features_that_are_no_numbers()
    {
        string table = Write("nan.csv", Encoding.UTF8.GetBytes("kind,a\ncat,1.0\ndog,NaN\n"));
        Refused($"csv:{table}?label=kind", table);
        byte[] floats = new byte[8];
        BinaryPrimitives.WriteSingleBigEndian(floats.AsSpan(4), float.NaN);
        string features = Write("features", Idx([2, 1], floats, type: 0x0D));
        Refused($"idx:{features},{Labels(0, 1)}", features, "NaN");
    }

    private static readonly byte[] s_picture = [.. "P5\n2 2\n255\n"u8, 1, 2, 3, 4];

    private void Refused(string source, params string[] words)
    {
        string run = tiny.Fresh();
        CliProcess.Run("train", "--data", source, "--model", "mlp", "--blocks", "1", "--threads", "1", "--out", run).FailsAtOnce(3, words);
        Assert.False(Path.Exists(run));
    }

    private string Labels(params byte[] labels) => Write("labels", Idx([labels.Length], labels));

    private string Tar(string name, params (string Name, byte[] Data)[] files)
    {
        using var memory = new MemoryStream();
        using (var writer = new TarWriter(memory, leaveOpen: true))
        {
            foreach (var (entry, data) in files)
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, entry) { DataStream = new MemoryStream(data) });
        }

        return Write(name, memory.ToArray());
    }

    private string Write(string name, byte[] data)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, data);
        return path;
    }

    private static byte[] Gzip(byte[] data)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal))
            gzip.Write(data);
        return memory.ToArray();
    }

    private static byte[] Idx(int[] shape, byte[] data, byte type = 8)
    {
        byte[] header = [0, 0, type, (byte)shape.Length, .. new byte[4 * shape.Length]];
        for (int i = 0; i < shape.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), shape[i]);
        return [.. header, .. data];
    }
}
