using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Lethe.Core.Records;

namespace Lethe.Training.Datasets;

/// <summary>
/// The identity of a data set's content: SHA-256 over a head line (format, element type, sample shape, count), the samples, the labels
/// (int32 little-endian), and the class names and subjects, each as length and UTF-8 text.
/// </summary>
internal static class DatasetDigest
{
    public static Digest Of(ReadOnlySpan<byte> samples, bool isFloat, IReadOnlyList<long> shape, IReadOnlyList<int> labels, IReadOnlyList<string> classes, IReadOnlyList<SubjectId>? subjects)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string head = string.Create(CultureInfo.InvariantCulture, $"lethe-dataset-1 {(isFloat ? "f32" : "u8")} {string.Join(',', shape)} {labels.Count}\n");
        hash.AppendData(Encoding.UTF8.GetBytes(head));
        hash.AppendData(samples);
        int[] numbers = [.. labels];
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(numbers, numbers);
        hash.AppendData(MemoryMarshal.AsBytes(numbers.AsSpan()));
        hash.AppendData(Texts(classes));
        if (subjects is not null) hash.AppendData(Texts(subjects.Select(subject => subject.Value)));
        return Digest.Parse(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static byte[] Texts(IEnumerable<string> texts)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory, Encoding.UTF8);
        foreach (string text in texts) writer.Write(text);
        writer.Flush();
        return memory.ToArray();
    }
}
