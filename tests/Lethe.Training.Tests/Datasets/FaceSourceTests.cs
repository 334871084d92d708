using Lethe.Core.Errors;
using Lethe.Training.Datasets;

namespace Lethe.Training.Tests.Datasets;

public sealed class FaceSourceTests : IDisposable
{
    private static readonly string[] Poses = ["left", "right", "straight", "up"];
    private static readonly string[] Expressions = ["angry", "happy", "neutral", "sad"];
    private static readonly string[] Eyes = ["open", "sunglasses"];

    private readonly MadeUpFiles _files = new();

    public void Dispose() => _files.Dispose();

    private static RawDataset Read(string text, DataOptions? options = null) => DataSource.Parse(text).Read(options ?? new DataOptions());

    private static string Error(string text) => Assert.Throws<BadDataException>(() => Read(text)).Message;

    private string Orl(int people, int pictures)
    {
        var files = new List<(string, byte[])> { ("orl_faces/README", "about"u8.ToArray()) };
        for (int person = people; person >= 1; person--)
        {
            for (int picture = 1; picture <= pictures; picture++) files.Add(($"orl_faces/s{person}/{picture}.pgm", MadeUpFiles.Pgm(2, 3, (byte)(person * 10 + picture))));
        }
        return _files.Write("orl.tar.gz", MadeUpFiles.Gzip(MadeUpFiles.Tar([.. files])));
    }

    [Fact]
    public void In_orl_the_person_is_class_and_subject_and_the_last_fifth_is_for_testing()
    {
        DataSource source = DataSource.Parse($"orl:{Orl(11, 10)}");
        RawDataset train = source.Read(new DataOptions());
        Assert.Equal((88, 11), (train.Count, train.ClassNames.Count));
        Assert.Equal(["s1", "s2", "s3"], train.ClassNames.Take(3));
        Assert.Equal("s11", train.ClassNames[^1]);
        Assert.Equal([1, 3, 2], [train.SampleShape[0], train.SampleShape[1], train.SampleShape[2]]);
        Assert.Equal(train.Labels.Select(label => train.ClassNames[label]), train.Subjects!.Select(subject => subject.Value));
        Assert.Equal(["s1/1.pgm", "s1/2.pgm"], [train.Columns[0][0], train.Columns[0][1]]);
        RawDataset test = source.Test!.Read(new DataOptions { ClassNames = train.ClassNames });
        Assert.Equal(22, test.Count);
        Assert.Equal([9L, 10L, 9L, 10L], [test.Columns[1][0], test.Columns[1][1], test.Columns[1][2], test.Columns[1][3]]);
        Assert.Equal([19, 20, 29, 30], test.Samples.Chunk(6).Take(4).Select(sample => sample[0]));
        Assert.Null(source.Test.Test);
        Assert.Contains("Leave out ?split=test", Error($"orl:{Orl(2, 4)}?split=test"), StringComparison.Ordinal);
        Assert.Equal(8, Read($"orl:{Orl(2, 4)}").Count);
        Assert.Contains("holds no pictures", Error($"orl:{_files.Write("empty.tar", MadeUpFiles.Tar(("a/1.txt", [1])))}"), StringComparison.Ordinal);
        Assert.Contains("shows none of the training set's", Assert.Throws<BadDataException>(() => Read($"orl:{Orl(2, 10)}", new DataOptions { ClassNames = ["s1"] })).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Faces(string person) =>
        from pose in Poses from expression in Expressions from eyes in Eyes select $"{person}_{pose}_{expression}_{eyes}";

    [Fact]
    public void In_cmu_faces_the_task_does_not_change_who_is_on_which_side()
    {
        string[] names = [.. Faces("an2i"), .. Faces("bpm")];
        string labels = "index,file,identity,pose,expression,eyes\n" + string.Join('\n', names.Select((name, i) => $"{i},{name}_2.pgm,{name.Replace('_', ',')}"));
        _files.Write("cmu/labels.csv", labels);
        _files.Write("cmu/images-2x2.idx4.gz", MadeUpFiles.Gzip(MadeUpFiles.Idx(8, [64, 1, 2, 2], [.. Enumerable.Range(0, 64).SelectMany(i => Enumerable.Repeat((byte)i, 4))])));
        (string Name, byte[] Data)[] pictures =
        [
            .. names.Select((name, i) => ($"faces/{name[..name.IndexOf('_', StringComparison.Ordinal)]}/{name}_2.pgm", MadeUpFiles.Pgm(2, 2, (byte)i))),
            ("faces/an2i/an2i_left_angry_open.pgm", MadeUpFiles.Pgm(4, 4, 200)), ("faces/an2i/an2i_left_angry_open_4.pgm", MadeUpFiles.Pgm(1, 1, 201)), ("faces/bpm/readme.txt", [1]),
        ];
        string tar = _files.Write("faces.tar", MadeUpFiles.Tar(pictures));
        foreach (string path in (string[])[_files.PathOf("cmu"), tar])
        {
            DataSource source = DataSource.Parse($"cmu-faces:{path}");
            RawDataset train = source.Read(new DataOptions());
            RawDataset test = source.Test!.Read(new DataOptions { ClassNames = train.ClassNames });
            Assert.Equal(("cmu-faces-eyes", 52, 12), (train.Name, train.Count, test.Count));
            Assert.Equal(["open", "sunglasses"], train.ClassNames);
            Assert.Equal([1, 2, 2], train.SampleShape);
            Assert.Equal([4, 9, 14, 19, 24, 29, 36, 41, 46, 51, 56, 61], test.Samples.Chunk(4).Select(sample => (int)sample[0]));
            Assert.Equal(["an2i", "bpm"], test.Subjects!.Select(subject => subject.Value).Distinct());
            Assert.Equal(Poses, Enumerable.Range(0, 6).Select(i => (string)test.Columns[1][i]).Distinct());
            RawDataset pose = Read($"cmu-faces:{path}?task=pose&split=test");
            Assert.Equal(test.Samples, pose.Samples);
            Assert.Equal(Poses, pose.ClassNames);
            Assert.Equal(Expressions, Read($"cmu-faces:{path}?task=expression").ClassNames);
        }
        Assert.Contains("none of the training set's classes", Assert.Throws<BadDataException>(() => Read($"cmu-faces:{tar}", new DataOptions { ClassNames = ["open"] })).Message, StringComparison.Ordinal);
        Assert.Throws<UsageException>(() => DataSource.Parse("cmu-faces:a?task=hair"));
        _files.Write("cmu/labels.csv", labels[..labels.LastIndexOf('\n')]);
        Assert.Contains("holds 64 samples but", Error($"cmu-faces:{_files.PathOf("cmu")}"), StringComparison.Ordinal);
        _files.Write("cmu/labels.csv", "file,identity\na,b\n");
        Assert.Contains("must have the columns", Error($"cmu-faces:{_files.PathOf("cmu")}"), StringComparison.Ordinal);
    }

    [Fact]
    public void In_mufac_the_age_is_the_class_and_the_family_or_person_the_subject()
    {
        _files.Write("custom_train_dataset.csv", "family_id,person_id,age_class,image_path\nF0001,D,a,F0001_AGE_D_2_a1.jpg\nF0001,M,h,F0001_AGE_M_70_h1.jpg\nF0002,D,c,F0002_AGE_D_18_c1.jpg\n");
        _files.Write("custom_val_dataset.csv", "family_id,person_id,age_class,image_path\nF0801,F,e,F0801_AGE_F_40_e1.jpg\n");
        foreach ((string name, byte value) in (ReadOnlySpan<(string, byte)>)[("train_images/F0001_AGE_D_2_a1.jpg", 1), ("train_images/F0001_AGE_M_70_h1.jpg", 2), ("train_images/F0002_AGE_D_18_c1.jpg", 3), ("val_images/F0801_AGE_F_40_e1.jpg", 4)])
            _files.Write(name, MadeUpFiles.Ppm(2, 2, value, value, value));
        DataSource source = DataSource.Parse($"mufac:{_files.Root}");
        RawDataset train = source.Read(new DataOptions());
        Assert.Equal([0, 7, 2], train.Labels);
        Assert.Equal(("0-6", "67-80"), (train.ClassNames[0], train.ClassNames[7]));
        Assert.Equal(["F0001", "F0001", "F0002"], train.Subjects!.Select(subject => subject.Value));
        Assert.Equal([1, 2, 3], train.Samples.Chunk(12).Select(sample => (int)sample[0]));
        Assert.Equal(["F0001/D", "F0001/M", "F0002/D"], Read($"mufac:{_files.Root}?subject=person").Subjects!.Select(subject => subject.Value));
        Assert.Equal([4], source.Test!.Read(new DataOptions { ClassNames = train.ClassNames }).Labels);
        Assert.Contains("custom_test_dataset.csv", Error($"mufac:{_files.Root}?split=unseen"), StringComparison.Ordinal);
        foreach ((string row, string message) in (ReadOnlySpan<(string, string)>)[("F1,D,i,a.jpg", "no age class"), ("F1,D,a,../../secret.jpg", "not the name of a picture"), ("F1,,a,a.jpg", "missing"), ("F1,D,a,absent.jpg", "no such file")])
        {
            _files.Write("custom_test_dataset.csv", "family_id,person_id,age_class,image_path\n" + row + "\n");
            Assert.Contains(message, Error($"mufac:{_files.Root}?split=unseen"), StringComparison.Ordinal);
        }
        _files.Write("custom_test_dataset.csv", "family,image\nF1,a.jpg\n");
        Assert.Contains("must name the columns", Error($"mufac:{_files.Root}?split=unseen"), StringComparison.Ordinal);
    }

    [Fact]
    public void In_mucac_the_attribute_is_the_class_and_the_identity_the_subject()
    {
        _files.Write("CelebA-HQ-identity.txt", "0.jpg 189\n1.jpg 190\n2.jpg 4854\n10.jpg 190\n3.jpg 4855\n");
        _files.Write("CelebA-HQ-attribute.txt", "5\nMale Smiling Young\n0.jpg -1 1 1\n1.jpg 1 -1 1\n2.jpg  -1  1 -1\n10.jpg 1 1 1\n3.jpg 1 1 1\n");
        foreach (int i in (int[])[0, 1, 2, 10, 3]) _files.Write($"CelebAMask-HQ/CelebA-HQ-img/{i}.jpg", MadeUpFiles.Ppm(4, 4, (byte)i, 1, 2));
        string text = $"mucac:{_files.Root}?size=2";
        RawDataset train = Read(text);
        Assert.Equal("mucac-gender", train.Name);
        Assert.Equal(["1.jpg", "2.jpg", "10.jpg"], Enumerable.Range(0, 3).Select(i => (string)train.Columns[0][i]));
        Assert.Equal([1, 0, 1], train.Labels);
        Assert.Equal(["female", "male"], train.ClassNames);
        Assert.Equal(["190", "4854", "190"], train.Subjects!.Select(subject => subject.Value));
        Assert.Equal([3, 2, 2], train.SampleShape);
        Assert.Equal([0, 1, 1], Read(text + "&task=smiling").Labels);
        Assert.Equal([1, 0, 1], Read(text + "&task=young").Labels);
        Assert.Equal(["189"], DataSource.Parse(text).Test!.Read(new DataOptions()).Subjects!.Select(subject => subject.Value));
        Assert.Equal(["4855"], Read(text + "&split=unseen").Subjects!.Select(subject => subject.Value));
        Assert.Contains("whole multiple of 3", Error($"mucac:{_files.Root}?size=3"), StringComparison.Ordinal);
        Assert.Throws<UsageException>(() => DataSource.Parse("mucac:a?size=0"));
        _files.Write("CelebAMask-HQ/CelebA-HQ-img/11.jpg", MadeUpFiles.Ppm(4, 4, 0, 0, 0));
        Assert.Contains("does not say whom '11.jpg' shows", Error(text), StringComparison.Ordinal);
        _files.Write("CelebA-HQ-identity.txt", "0.jpg 189\n1.jpg 190\n2.jpg 4854\n10.jpg 190\n3.jpg 4855\n11.jpg 200\n");
        Assert.Contains("gives '11.jpg' no value", Error(text), StringComparison.Ordinal);
        _files.Write("CelebA-HQ-identity.txt", "0.jpg 189 7\n");
        Assert.Contains("line 1", Error(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_are_reduced_by_the_mean_of_squares()
    {
        byte[] pixels = [1, 2, 30, 30, 3, 4, 31, 31, 0, 0, 255, 255, 0, 1, 255, 255];
        Assert.Equal([3, 31, 0, 255], new Picture(1, 4, 4, pixels).Reduced(2)!.Pixels);
        Assert.Null(new Picture(1, 4, 4, pixels).Reduced(3));
        Assert.Null(new Picture(1, 2, 8, pixels).Reduced(2));
        Assert.Equal(pixels, new Picture(1, 4, 4, pixels).Reduced(4)!.Pixels);
    }
}
