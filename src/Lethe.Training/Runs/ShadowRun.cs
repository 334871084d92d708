using Lethe.Core.Errors;
using Lethe.Training.Models;
using Lethe.Training.Training;

namespace Lethe.Training.Runs;

/// <summary>Runs that are made like another one to learn what such runs do: the same data, recipe and partition, another seed and fewer records.</summary>
public static class ShadowRun
{
    /// <summary>Opens a shadow for writing, and makes it where it does not exist yet.</summary>
    /// <param name="original">The run that it is made like; may be open for reading only.</param>
    /// <param name="directory">The shadow's directory.</param>
    /// <param name="seed">Its training seed.</param>
    /// <param name="excluded">Records that it never sees, ascending.</param>
    /// <exception cref="BadDataException">The original was imported: how it was trained is unknown.</exception>
    public static Run Open(Run original, string directory, ulong seed, IReadOnlyList<int> excluded)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(excluded);
        RequireTrainable(original);
        if (Exists(directory)) return Run.Open(directory, writable: true);
        using var initial = original.Recipe.InitialWeights is { } weights ? PretrainedWeights.Of(original.Load(weights.Digest), weights.Except) : null;
        return Run.Create(directory, new RunConfig
        {
            Recipe = original.Recipe with { Seed = seed },
            InitialWeights = initial,
            Partition = original.Partition,
            Excluded = excluded,
            Dataset = original.Dataset,
            Source = original.Source,
            TestSource = original.TestSource,
            SubjectsFile = original.DataOptions.SubjectsFile,
            WritersFile = original.DataOptions.WritersFile,
            Profile = original.Profile,
        });
    }

    /// <summary>Refuses runs that no shadow can be made of.</summary>
    /// <exception cref="BadDataException">The run was imported.</exception>
    public static void RequireTrainable(Run original)
    {
        ArgumentNullException.ThrowIfNull(original);
        if (original.Recipe.Scheme == TrainingScheme.Imported)
        {
            throw new BadDataException(
                $"{original.Directory} was imported, and how its model was trained is unknown: Lethe cannot train shadow models of it. Leave out --shadows; "
                + "the attacks that need no shadow models are in the report of the request.");
        }
    }

    private static bool Exists(string directory) => File.Exists(Path.Combine(directory, IndexFile.Name));
}
