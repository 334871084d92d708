using System.Runtime.InteropServices;
using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Operations;

/// <summary>What a model says of all records.</summary>
/// <param name="Training">(N, C) logits of the training records, forgotten and excluded ones included.</param>
/// <param name="Unseen">(M, C) logits of the test records; null without test data.</param>
public sealed record ShadowLogits(float[,] Training, float[,]? Unseen)
{
    private const string TrainingName = "training", UnseenName = "unseen", DigestName = "content";

    internal byte[] ToBytes()
    {
        NamedArray[] arrays = [Array(TrainingName, Training), .. Unseen is null ? Enumerable.Empty<NamedArray>() : [Array(UnseenName, Unseen)]];
        return Safetensors.Write(arrays, new Dictionary<string, string> { [DigestName] = ContentOf(arrays) });
    }

    /// <exception cref="BadDataException">The bytes are damaged.</exception>
    internal static ShadowLogits FromBytes(byte[] bytes)
    {
        var arrays = Safetensors.Read(bytes);
        if (arrays.Count is 0 or > 2 || ContentOf(arrays) != Safetensors.ReadMetadata(bytes).GetValueOrDefault(DigestName))
            throw new BadDataException("The stored answers of a shadow model do not match their digest.");
        var unseen = arrays.FirstOrDefault(array => array.Name == UnseenName);
        return new ShadowLogits(Values(arrays.Single(array => array.Name == TrainingName)), unseen is null ? null : Values(unseen));
    }

    private static string ContentOf(IEnumerable<NamedArray> arrays) => string.Join(' ', arrays.Select(array => Digest.Of(array.Data.Span)));

    private static NamedArray Array(string name, float[,] values) => new(
        name, ElementType.F32, [values.GetLength(0), values.GetLength(1)],
        MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref values[0, 0], values.Length)).ToArray());

    private static float[,] Values(NamedArray array)
    {
        var values = new float[array.Shape[0], array.Shape[1]];
        array.Data.Span.CopyTo(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref values[0, 0], values.Length)));
        return values;
    }
}
