using Lethe.Core.Numerics;

namespace Lethe.Methods.Resetting;

/// <summary>Chooses the slices of a layer that are reset: one flag a slice.</summary>
internal static class SliceChoice
{
    /// <summary>The slices of smallest score; of equal ones the first.</summary>
    public static bool[] Smallest(IReadOnlyList<float> scores, int count) => Flags(scores.Count, Order(scores).Take(count));

    /// <summary>The slices of largest score; of equal ones the last.</summary>
    public static bool[] Largest(IReadOnlyList<float> scores, int count) => Flags(scores.Count, Order(scores).TakeLast(count));

    /// <summary>Slices drawn by a seed.</summary>
    public static bool[] Drawn(int slices, int count, ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, slices)];
        new CounterRandom(seed).Shuffle<int>(order);
        return Flags(slices, order.Take(count));
    }

    private static IEnumerable<int> Order(IReadOnlyList<float> scores) => Enumerable.Range(0, scores.Count).OrderBy(slice => scores[slice]);

    private static bool[] Flags(int slices, IEnumerable<int> chosen)
    {
        var flags = new bool[slices];
        foreach (var slice in chosen) flags[slice] = true;
        return flags;
    }
}
