using Lethe.Core.Numerics;
using Lethe.Methods.Editing;

namespace Lethe.Methods.Baselines;

/// <summary>Classes that a forgotten record can be given instead of its own: those that still have records, so that no label leads into a class that goes.</summary>
internal static class StayingClasses
{
    /// <summary>Why there is none for some record, or null.</summary>
    public static string? Refusal(EditTask task)
    {
        var staying = task.Retained.Classes;
        return staying.Count == 1 && task.Forgotten.Classes.Contains(staying[0])
            ? $"{task.Method.Name} gives the records another class, and no other class stays."
            : null;
    }

    /// <summary>One of the classes that a record can be given.</summary>
    public static int Draw(int[] others, ulong seed) => others[new CounterRandom(seed).NextInt32(others.Length)];

    /// <summary>The classes that a record can be given, by the class that it has.</summary>
    public static IReadOnlyDictionary<int, int[]> Others(EditTask task)
    {
        var staying = task.Retained.Classes;
        return task.Forgotten.Classes.ToDictionary(label => label, label => staying.Where(candidate => candidate != label).ToArray());
    }
}
