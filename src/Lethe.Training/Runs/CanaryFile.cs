using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Store;
using Lethe.Training.Scenarios;

namespace Lethe.Training.Runs;

/// <summary>The sealed registry of a run's canaries: readable by its owner only, and bound to the run by the digest in run.json.</summary>
internal static class CanaryFile
{
    public const string Name = "canaries.json";

    /// <summary>Writes the registry; what an unfinished creation left is replaced.</summary>
    public static void Write(string directory, CanaryRegistry registry)
    {
        var path = Path.Combine(directory, Name);
        File.Delete(path);
        PrivateFile.Create(path, CanonicalJson.SerializeIndented(registry));
    }

    /// <exception cref="StoreDamagedException">The file is missing or not the one that the run was trained with.</exception>
    public static CanaryRegistry Read(string directory, Digest expected)
    {
        var path = Path.Combine(directory, Name);
        try
        {
            var registry = CanonicalJson.Deserialize<CanaryRegistry>(File.ReadAllText(path));
            if (registry.Digest == expected) return registry;
        }
        catch (Exception error) when (error is BadDataException or IOException)
        {
            throw Damaged(path, error);
        }
        throw Damaged(path, null);
    }

    private static StoreDamagedException Damaged(string path, Exception? inner) =>
        new($"{path}, the registry of the run's canaries, is missing or not the one that the run was trained with. Restore it from a backup: without it the training data cannot be made again.", inner);
}
