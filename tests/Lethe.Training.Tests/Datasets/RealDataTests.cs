using Lethe.Core.Records;
using Lethe.Training.Datasets;

namespace Lethe.Training.Tests.Datasets;

/// <summary>The real data sets, with the figures that are known of them.</summary>
public class RealDataTests
{
    private static TensorDataset Load(string source, DataOptions? options = null) => DataSource.Parse(source).Load(options);

    [Fact]
    public void Mnist_has_539_writers()
    {
        string folder = SharedData.PathOf("mnist");
        using TensorDataset data = Load($"mnist:{folder}", new DataOptions { WritersFile = Path.Combine(folder, "qmnist-train-labels-idx2-int.gz") });
        DatasetSummary summary = DatasetSummary.Of(data);
        Assert.Equal([60_000, 1, 28, 28], data.Samples.shape);
        Assert.Equal((539, 19, 116.0, 131), (summary.Subjects, summary.FewestRecordsOfSubject, summary.MedianRecordsOfSubject, summary.MostRecordsOfSubject));
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], summary.ClassCounts);
        Normalization normalization = Normalization.FromData(data);
        Assert.Equal((0.131f, 0.308f), (normalization.Mean.Single(), normalization.Std.Single()));
        SubjectId first = data.Manifest.Subjects![0];
        Assert.Equal(data.Manifest.RecordsOf(first), data.Metadata.Where($"writer = {first}"));
    }

    [Fact]
    public void Mnists_test_set_is_the_beginning_of_qmnists()
    {
        string folder = SharedData.PathOf("mnist");
        using TensorDataset data = Load($"mnist:{folder}?split=test", new DataOptions { WritersFile = Path.Combine(folder, "qmnist-test-labels-idx2-int.gz") });
        Assert.Equal(10_000, data.Count);
    }

    [Fact]
    public void Fashion_mnist_comes_from_its_package()
    {
        if (!Directory.Exists(DataSource.FashionDirectory)) Assert.Skip("data set fashion-mnist is missing: apt-get install dataset-fashion-mnist");
        DataSource source = DataSource.Parse("fashion-mnist");
        using TensorDataset test = source.Test!.Load();
        Assert.Equal(10_000, test.Count);
        Assert.All(DatasetSummary.Of(test).ClassCounts, count => Assert.Equal(1_000, count));
        Assert.Equal("Ankle boot", test.Manifest.ClassNames[test.Manifest.Labels[0]]);
    }

    [Fact]
    public void Cifar_10_in_jpeg_has_both_splits()
    {
        DataSource source = DataSource.Parse($"image-folder:{SharedData.PathOf("cifar10-jpeg/cifar10-jpeg.tar.gz")}");
        using TensorDataset test = source.Test!.Load();
        Assert.Equal([10_000, 3, 32, 32], test.Samples.shape);
        Assert.Equal(["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"], test.Manifest.ClassNames);
        Assert.All(DatasetSummary.Of(test).ClassCounts, count => Assert.Equal(1_000, count));
    }

    [Theory]
    [InlineData("image-folder", "!/val")]
    [InlineData("tiny-imagenet", "?split=test")]
    public void Tiny_imagenets_grey_pictures_become_coloured(string form, string part)
    {
        using TensorDataset data = Load($"{form}:{SharedData.PathOf("tiny-imagenet-20/tiny-imagenet-20.tar.gz")}{part}");
        Assert.Equal([1_000, 3, 64, 64], data.Samples.shape);
        Assert.Equal(20, data.Manifest.ClassCount);
        Assert.All(DatasetSummary.Of(data).ClassCounts, count => Assert.Equal(50, count));
    }

    [Fact]
    public void Orl_has_40_faces_and_a_readme()
    {
        string path = SharedData.PathOf("orl-faces/orl_faces.tar.gz");
        using TensorDataset data = Load($"image-folder:{path}!/orl_faces");
        Assert.Equal([400, 1, 112, 92], data.Samples.shape);
        Assert.All(DatasetSummary.Of(data).ClassCounts, count => Assert.Equal(10, count));
        Assert.Equal("s1/1.pgm", data.Metadata.Columns[^1][0]);
        DataSource source = DataSource.Parse($"orl:{path}");
        using TensorDataset train = source.Load();
        using TensorDataset test = source.Test!.Load(DataOptions.Matching(train));
        Assert.Equal([320, 1, 112, 92], train.Samples.shape);
        Assert.Equal((80, 40), (test.Count, test.Manifest.DistinctSubjects.Count));
        Assert.Equal(8, train.Manifest.RecordsOf(new SubjectId("s40")).Count);
    }

    [Fact]
    public void Cmu_faces_show_20_people_with_and_without_sunglasses()
    {
        string folder = SharedData.PathOf("cmu-faces");
        DataSource source = DataSource.Parse($"cmu-faces:{folder}?task=eyes");
        using TensorDataset train = source.Load();
        using TensorDataset test = source.Test!.Load(DataOptions.Matching(train));
        Assert.Equal([1, 60, 64], train.Manifest.SampleShape);
        Assert.Equal((624, 20, 20), (train.Count + test.Count, train.Manifest.DistinctSubjects.Count, test.Manifest.DistinctSubjects.Count));
        Assert.All(DatasetSummary.Of(test).ClassCounts, count => Assert.InRange(count, 55, 65));
        using TensorDataset files = Load($"cmu-faces:{Path.Combine(folder, "faces_2.tar.gz")}?task=eyes");
        Assert.Equal(train.Manifest.Labels, files.Manifest.Labels);
        Assert.Equal(train.Manifest.Subjects, files.Manifest.Subjects);
        Assert.InRange(train.Samples.bytes().Zip(files.Samples.bytes(), (a, b) => Math.Abs(a - b)).Max(), 0, 1);
    }

    [Fact]
    public void Svhn_in_grey_has_houses_as_subjects()
    {
        string folder = SharedData.PathOf("svhn-grey");
        using TensorDataset data = Load($"svhn-grey:{folder}?split=test");
        Assert.Equal([4_963, 1, 32, 32], data.Samples.shape);
        Assert.All(data.Manifest.DistinctSubjects, house => Assert.True(int.Parse(house.Value, System.Globalization.CultureInfo.InvariantCulture) > 9_800));
        using TensorDataset pair = Load($"idx:{folder}/test-images.idx3.gz,{folder}/test-labels.idx1.gz", new DataOptions { SubjectsFile = $"{folder}/test-house.txt.gz" });
        Assert.Equal(data.Manifest.Digest, pair.Manifest.Digest);
    }

    [Fact]
    public void Location_30_is_read_out_of_its_archive()
    {
        using TensorDataset data = Load($"csv:{SharedData.PathOf("location30/dataset_location.tgz")}?label=c0&header=no");
        Assert.Equal([5_010, 446], data.Samples.shape);
        Assert.Equal(Enumerable.Range(1, 30).Select(i => $"{i}"), data.Manifest.ClassNames);
        Assert.Equal(12, data.Manifest.Labels[0]);
        Assert.Equal(Normalization.Identity, Normalization.FromData(data));
        Assert.All(data.Pixels(0).Chunk(4), value => Assert.True(BitConverter.ToSingle(value) is 0 or 1));
    }

    [Fact]
    public void Adults_columns_are_typed()
    {
        using TensorDataset data = Load($"csv:{SharedData.PathOf("adult/adult.txt.gz")}?label=label(IsOver50K)&drop=fnlwgt");
        Assert.Equal(["0", "1"], data.Manifest.ClassNames);
        Assert.Equal(["age", "education-num", "capital-gain", "capital-loss", "hours-per-week"], data.Encoding!.Columns.Where(column => column.Kind == ColumnKind.Numeric).Select(column => column.Name));
        IReadOnlyList<RecordId> records = data.Metadata.Where("age > 80 AND sex = 'Female' AND \"hours-per-week\" >= 40");
        Assert.NotEmpty(records);
        Assert.Equal(data.Count, data.Metadata.Where("1").Count);
    }
}
