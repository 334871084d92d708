using Lethe.Torch;
using Lethe.Training.Datasets;

namespace Lethe.Verification;

/// <summary>The records closest to given ones: by Euclidean distance of the normalised samples, so that all models get the same.</summary>
public static class NearestRecords
{
    /// <summary>Given records are thinned out to at most this many, evenly.</summary>
    public const int MostGiven = 256;

    private const long MostValuesAtOnce = 1 << 22;

    /// <summary>The candidates closest to any of the given records, ascending by record number.</summary>
    /// <param name="normalization">The recipe's.</param>
    /// <param name="data">Where the given records are.</param>
    /// <param name="given">Record numbers in <paramref name="data"/>.</param>
    /// <param name="pool">Where the candidates are; samples of the same shape.</param>
    /// <param name="candidates">Record numbers in <paramref name="pool"/>.</param>
    /// <param name="count">How many to find; fewer where there are fewer.</param>
    /// <param name="cancellation">Stops between two parts of the candidates.</param>
    public static int[] Find(
        Normalization normalization, TensorDataset data, IReadOnlyList<int> given, TensorDataset pool, IReadOnlyList<int> candidates, int count,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(candidates);
        if (given.Count == 0 || candidates.Count == 0 || count <= 0) return [];
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var anchors = Flat(normalization, data, [.. Thinned(given)]);
        var squares = (anchors * anchors).sum(1);
        var turned = anchors.t();
        var distances = new float[candidates.Count];
        var part = (int)Math.Clamp(MostValuesAtOnce / anchors.shape[1], 1, 4096);
        for (var start = 0; start < candidates.Count; start += part)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = torch.NewDisposeScope();
            int[] records = [.. candidates.Skip(start).Take(part)];
            var samples = Flat(normalization, pool, records);
            var nearest = (squares - samples.matmul(turned) * 2).amin([1]) + (samples * samples).sum(1);
            nearest.data<float>().CopyTo(distances, start);
        }
        return [.. Enumerable.Range(0, candidates.Count).OrderBy(i => distances[i]).ThenBy(i => candidates[i]).Take(count).Select(i => candidates[i]).Order()];
    }

    private static IEnumerable<int> Thinned(IReadOnlyList<int> records)
    {
        var kept = Math.Min(records.Count, MostGiven);
        return Enumerable.Range(0, kept).Select(i => records[(int)((long)i * records.Count / kept)]);
    }

    private static Tensor Flat(Normalization normalization, TensorDataset data, int[] records)
    {
        var index = torch.tensor(Array.ConvertAll(records, record => (long)record));
        return normalization.Apply(data.Samples.index_select(0, index)).reshape(records.Length, -1);
    }
}
