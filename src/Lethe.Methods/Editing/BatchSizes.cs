namespace Lethe.Methods.Editing;

/// <summary>Into which batches a number of records falls: full ones and a smaller last one, but never a single record (batch normalisation needs two).</summary>
internal static class BatchSizes
{
    /// <param name="count">Records in all.</param>
    /// <param name="size">Records of a full batch; 1 gives batches of one.</param>
    public static IEnumerable<int> Of(int count, int size)
    {
        for (var left = count; left > 0;)
        {
            var batch = left == size + 1 && size > 1 ? left : Math.Min(size, left);
            yield return batch;
            left -= batch;
        }
    }

    /// <summary>The batches of a set read again and again: the first <paramref name="steps"/> of them.</summary>
    public static IEnumerable<int> Cycled(int count, int size, int steps)
    {
        int[] once = [.. Of(count, size)];
        return Enumerable.Range(0, steps).Select(step => once[step % once.Length]);
    }
}
