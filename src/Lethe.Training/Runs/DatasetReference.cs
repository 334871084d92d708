using Lethe.Core.Records;

namespace Lethe.Training.Runs;

/// <summary>Which data a run was trained on, without labels and subjects.</summary>
/// <param name="Name">Name of the data set.</param>
/// <param name="SampleShape">Shape of one sample.</param>
/// <param name="ClassNames">One name a class.</param>
/// <param name="Count">Number of records.</param>
/// <param name="HasSubjects">Whether records belong to subjects.</param>
/// <param name="Digest">Digest of the data.</param>
public sealed record DatasetReference(
    string Name, IReadOnlyList<long> SampleShape, IReadOnlyList<string> ClassNames, int Count, bool HasSubjects, Digest Digest)
{
    /// <summary>Identifies the data of a manifest.</summary>
    public static DatasetReference Of(DatasetManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return new(
            manifest.Name, manifest.SampleShape, manifest.ClassNames, manifest.Count, manifest.Subjects is not null, manifest.Digest);
    }
}
