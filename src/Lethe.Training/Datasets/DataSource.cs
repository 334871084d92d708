using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>Where a data set comes from, as typed on the command line; see <see cref="Usage"/> for the forms.</summary>
public sealed record DataSource
{
    private readonly SourceReader _reader;

    private DataSource(string text, SourceReader reader)
    {
        Text = text;
        _reader = reader;
    }

    /// <summary>The forms of a data source, one a line, for help texts and error messages.</summary>
    public static string Usage { get; } = string.Join('\n',
        "fashion-mnist[?split=test]                         Debian's package dataset-fashion-mnist",
        "mnist:DIR[?split=test]                             MNIST's IDX files, raw or .gz",
        "idx:IMAGES,LABELS[?classes=N]                      any pair of IDX files, raw or .gz",
        "image-folder:DIR_OR_TAR[!/SUBFOLDER][?split=test]  one folder a class; tar, tar.gz or directory",
        "cifar:DIR_OR_TAR[?split=test]                      CIFAR-10 or CIFAR-100, binary version",
        "csv:FILE?label=COL[&subject=COL][&OPTION=…]        raw or .gz; options drop=COL,COL encode=onehot|ordinal header=yes|no separator=,",
        "npz:FILE[?split=test]                              NumPy arrays X (or x, images, data) and y (or labels)",
        "svhn:DIR[?split=test|extra]                        Street View House Numbers: train_32x32.mat and the others",
        "svhn-grey:DIR[?split=test]                         grey SVHN digits in IDX; people: houses",
        "tiny-imagenet:DIR_OR_TAR[?split=test]              train/WNID/images, val/images with val_annotations.txt",
        "orl:DIR_OR_TAR[?split=test]                        ORL faces s1/1.pgm …; class and person: who it is",
        "cmu-faces:DIR_OR_TAR[?task=eyes|pose|expression]   CMU face images; also split=test; people: the 20 identities",
        "mufac:DIR[?split=test|unseen]                      MUFAC: ages; people: families (subject=person: their members)",
        "mucac:DIR[?task=gender|smiling|young]              MUCAC (CelebA-HQ); also split=test|unseen size=128; people: identities");

    /// <summary>The source as it was given.</summary>
    public string Text { get; }

    /// <summary>The source with absolute paths: what to store where it must be found again from another directory.</summary>
    public string Canonical => _reader.Canonical;

    /// <summary>The matching test split where the source has one (looks at the file system for image folders and NPZ); otherwise null.</summary>
    /// <exception cref="BadDataException">The source cannot be opened.</exception>
    public DataSource? Test => _reader.TestText is { } text ? Parse(text) : null;

    /// <summary>Understands the text of a source. Nothing is opened.</summary>
    /// <exception cref="UsageException">The text has none of the forms of <see cref="Usage"/>.</exception>
    public static DataSource Parse(string text)
    {
        SourceText source = SourceText.Parse(text);
        return new DataSource(text, source.Form switch
        {
            "fashion-mnist" => new MnistSource(source, FashionDirectory),
            "mnist" => new MnistSource(source, null),
            "idx" => new IdxSource(source),
            "image-folder" => new ImageFolderSource(source),
            "cifar" => new CifarSource(source),
            "csv" => new CsvSource(source),
            "npz" => new NpzSource(source),
            "svhn" => new SvhnSource(source),
            "svhn-grey" => new SvhnGreySource(source),
            "tiny-imagenet" => new TinyImageNetSource(source),
            "orl" => new OrlSource(source),
            "cmu-faces" => new CmuFacesSource(source),
            "mufac" => new MufacSource(source),
            "mucac" => new MucacSource(source),
            _ => throw Unusable($"'{text}' is not a data source."),
        });
    }

    /// <summary>Reads the whole set into memory.</summary>
    /// <exception cref="BadDataException">A file is missing, damaged, or does not fit the others; the message names it and the remedy.</exception>
    public TensorDataset Load(DataOptions? options = null) => TensorDataset.From(Read(options ?? new DataOptions()));

    /// <summary>Equal when the texts are.</summary>
    public bool Equals(DataSource? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The text.</summary>
    public override string ToString() => Text;

    internal const string FashionDirectory = "/usr/share/datasets/fashion-mnist";

    internal RawDataset Read(DataOptions options)
    {
        if (options is { SubjectsFile: not null, WritersFile: not null })
            throw new UsageException("Give either a subjects file or a writers file, not both: each of them says who a record is about.");
        RawDataset data = _reader.Read(options);
        if (options.WritersFile is { } writers) data = WriterLabels.Attach(data, writers);
        if (options.SubjectsFile is { } subjects) data = SubjectsFile.Attach(data, subjects);
        return data;
    }

    internal static UsageException Unusable(string problem) => new($"{problem} The forms are:\n{Usage}");
}
