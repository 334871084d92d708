using Lethe.Core.Store;

namespace Lethe.Training.Runs;

/// <summary>Says that what is removed from a run must be overwritten first, so that a killed process's successor does so too.</summary>
internal static class ErasingMark
{
    public const string Name = "erasing";

    public static bool IsSet(string directory) => File.Exists(Path.Combine(directory, Name));

    public static void Set(string directory) => AtomicFile.WriteAllText(Path.Combine(directory, Name), "");

    public static void Remove(string directory) => File.Delete(Path.Combine(directory, Name));
}
