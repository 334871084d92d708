using Lethe.Core.Records;

namespace Lethe.Core.Tests;

/// <summary>Small data set manifests.</summary>
internal static class Manifests
{
    public static DatasetManifest Of(int[] labels, string[]? subjects = null, int? classes = null) => new()
    {
        Name = "toy",
        SampleShape = [1, 2, 2],
        ClassNames = [.. Enumerable.Range(0, classes ?? labels.Max() + 1).Select(c => $"class {c}")],
        Labels = labels,
        Subjects = subjects is null ? null : [.. subjects.Select(subject => new SubjectId(subject))],
        Digest = Digest.OfText("toy"),
    };
}
