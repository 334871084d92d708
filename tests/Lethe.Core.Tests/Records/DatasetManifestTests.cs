using Lethe.Core.Errors;
using Lethe.Core.Records;

namespace Lethe.Core.Tests.Records;

public class DatasetManifestTests
{
    [Fact]
    public void Records_are_found_by_subject_and_class()
    {
        var manifest = Manifests.Of([1, 0, 1, 2, 1], ["b", "a", "b", "c", "a"]);
        Assert.Equal(5, manifest.Count);
        Assert.Equal(3, manifest.ClassCount);
        Assert.Equal([new("b"), new("a"), new("c")], manifest.DistinctSubjects);
        Assert.Equal([new(1), new(4)], manifest.RecordsOf(new SubjectId("a")));
        Assert.Empty(manifest.RecordsOf(new SubjectId("nobody")));
        Assert.Equal([new(0), new(2), new(4)], manifest.RecordsOf(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => manifest.RecordsOf(3));
    }

    [Fact]
    public void Without_subjects_there_are_none()
    {
        var manifest = Manifests.Of([0, 1]);
        Assert.Empty(manifest.DistinctSubjects);
        Assert.Empty(manifest.RecordsOf(new SubjectId("a")));
    }

    [Fact]
    public void Contradictions_are_refused()
    {
        var label = Assert.Throws<BadDataException>(Manifests.Of([0, 7], classes: 3).Validate);
        Assert.Contains("record 1 has label 7", label.Message, StringComparison.Ordinal);
        Assert.Throws<BadDataException>(Manifests.Of([0, -1], classes: 3).Validate);
        Assert.Throws<BadDataException>(() => Manifests.Of([0, 1], ["a"]).DistinctSubjects);
    }
}
