using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Torch;
using Lethe.Training.Datasets;

namespace Lethe.Training.Tests.Datasets;

public class TensorDatasetTests
{
    private static TensorDataset Pictures() =>
        TensorDataset.FromBytes("p", MadeUpFiles.Counting(24), [1, 2, 3], [0, 1, 2, 1], null, [new SubjectId("a"), new SubjectId("b"), new SubjectId("a"), new SubjectId("c")]);

    [Fact]
    public void Tensors_have_the_stated_shapes_and_types()
    {
        using TensorDataset data = Pictures();
        Assert.Equal([4, 1, 2, 3], data.Samples.shape);
        Assert.Equal(ScalarType.Byte, data.Samples.dtype);
        Assert.Equal([0L, 1, 2, 1], data.Labels.data<long>());
        Assert.True(data.IsImage);
        Assert.Equal(4, data.Count);
    }

    [Fact]
    public void Batches_come_in_the_order_asked_for()
    {
        using TensorDataset data = Pictures();
        using Batch batch = data.Read([3, 0, 3]);
        Assert.Equal([3, 1, 2, 3], batch.Inputs.shape);
        Assert.Equal([18, 19, 20, 21, 22, 23, 0, 1, 2, 3, 4, 5, 18, 19, 20, 21, 22, 23], batch.Inputs.bytes());
        Assert.Equal([1L, 0, 1], batch.Labels.data<long>());
        Assert.Equal([6, 7, 8, 9, 10, 11], data.Pixels(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Pixels(4));
    }

    [Fact]
    public void Parts_and_changes_are_new_sets_with_their_own_digest()
    {
        using TensorDataset data = Pictures();
        using TensorDataset again = Pictures();
        using TensorDataset part = data.Select([2, 1]);
        using TensorDataset relabelled = data.WithLabels([0, 1, 2, 2]);
        using TensorDataset anonymous = data.WithSubjects(null);
        Assert.Equal(data.Manifest.Digest, again.Manifest.Digest);
        Assert.Equal(4, new[] { data, part, relabelled, anonymous }.Select(set => set.Manifest.Digest).Distinct().Count());
        Assert.Equal(data.Manifest.Digest, relabelled.WithLabels(data.Manifest.Labels).Manifest.Digest);
        Assert.Equal([2, 1], part.Manifest.Labels);
        Assert.Equal(["a", "b"], part.Manifest.Subjects!.Select(subject => subject.Value));
        Assert.Equal([12, 13, 14, 15, 16, 17], part.Pixels(0));
        Assert.Null(anonymous.Manifest.Subjects);
        Assert.Equal([1, 3], data.Metadata.Where("label = 1").Select(record => record.Value));
    }

    [Fact]
    public void Parts_that_do_not_fit_are_refused()
    {
        Assert.Throws<BadDataException>(() => TensorDataset.FromBytes("p", new byte[5], [1, 2, 3], [0]));
        Assert.Throws<BadDataException>(() => TensorDataset.FromBytes("p", new byte[6], [1, 2, 3], [-1]));
        Assert.Throws<BadDataException>(() => TensorDataset.FromBytes("p", new byte[6], [1, 2, 3], [3], ["a", "b"]));
        Assert.Throws<BadDataException>(() => TensorDataset.FromFloats("p", [1f, 2], [2], [0], null, []));
    }

    [Fact]
    public void A_summary_tells_classes_and_subjects()
    {
        using TensorDataset data = Pictures();
        DatasetSummary summary = DatasetSummary.Of(data, 1.5);
        Assert.Equal([1, 2, 1], summary.ClassCounts);
        Assert.Equal((3, 1, 1.0, 2), (summary.Subjects, summary.FewestRecordsOfSubject, summary.MedianRecordsOfSubject, summary.MostRecordsOfSubject));
        Assert.Equal(24 + 4 * 8, summary.Bytes);
        Assert.Equal("Byte", summary.ElementType);
        Assert.Equal(["record", "label", "class", "subject"], summary.MetadataColumns);
        using TensorDataset anonymous = data.WithSubjects(null);
        Assert.Equal((0, 0, 0.0, 0), (DatasetSummary.Of(anonymous).Subjects, DatasetSummary.Of(anonymous).FewestRecordsOfSubject, DatasetSummary.Of(anonymous).MedianRecordsOfSubject, DatasetSummary.Of(anonymous).MostRecordsOfSubject));
    }

    [Fact]
    public void Pictures_are_normalised_by_channel()
    {
        byte[] pixels = [0, 255, 51, 51, 255, 255, 102, 0];
        using TensorDataset data = TensorDataset.FromBytes("c", pixels, [2, 1, 2], [0, 1]);
        Normalization normalization = Normalization.FromData(data);
        Assert.Equal([0.75f, 0.2f], normalization.Mean);
        Assert.Equal([0.433f, 0.141f], normalization.Std);
        float[] expected = [.. pixels.Select((pixel, i) => (pixel / 255f - normalization.Mean[i / 2 % 2]) / normalization.Std[i / 2 % 2])];
        using Tensor applied = normalization.Apply(data.Samples);
        Assert.Equal(expected, applied.data<float>(), (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void Features_are_normalised_unless_they_lie_between_0_and_1()
    {
        using TensorDataset unit = TensorDataset.FromFloats("u", [0f, 1, 0.5f, 1], [2], [0, 1]);
        Assert.Equal(Normalization.Identity, Normalization.FromData(unit));
        using Tensor same = Normalization.Identity.Apply(unit.Samples);
        Assert.Equal([0f, 1, 0.5f, 1], same.data<float>());
        using TensorDataset wide = TensorDataset.FromFloats("w", [1000f, 7, 1002, 7], [2], [0, 1]);
        Normalization normalization = Normalization.FromData(wide);
        Assert.Equal(new Normalization([1001f, 7], [1f, 1]), normalization);
        using Tensor applied = normalization.Apply(wide.Samples);
        Assert.Equal([-1f, 0, 1, 0], applied.data<float>());
        Assert.Equal(normalization.GetHashCode(), new Normalization([1001f, 7], [1f, 1]).GetHashCode());
    }
}
