using System.Globalization;
using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>Where a data set comes from, as typed on the command line; see <see cref="Usage"/> for the forms.</summary>
public sealed record DataSource
{
    private readonly SourceReader _reader;

    private readonly HoldOut? _holdOut;

    private DataSource(string text, SourceReader reader, HoldOut? holdOut)
    {
        Text = text;
        _reader = reader;
        _holdOut = holdOut;
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
        "mucac:DIR[?task=gender|smiling|young]              MUCAC (CelebA-HQ); also split=test|unseen size=128; people: identities",
        "Any source without a test split: ?hold-out=0.1     trains on nine tenths; with &part=held-out, the tenth held out for testing");

    /// <summary>The source as it was given.</summary>
    public string Text { get; }

    /// <summary>The source with absolute paths: what to store where it must be found again from another directory.</summary>
    public string Canonical => _holdOut is { } holdOut ? WithHoldOut(_reader.Canonical, holdOut) : _reader.Canonical;

    /// <summary>Whether a part of the source is held out for testing.</summary>
    public bool HasHoldOut => _holdOut is not null;

    /// <summary>Whether this is the part that is held out: it takes the subjects of the training part, which say how to split.</summary>
    public bool IsHeldOut => _holdOut is { IsHeldOutPart: true };

    /// <summary>The matching test split where the source has one (looks at the file system for image folders and NPZ); otherwise null.</summary>
    /// <exception cref="BadDataException">The source cannot be opened.</exception>
    /// <exception cref="UsageException">A part is to be held out, but the source has a test split.</exception>
    public DataSource? Test
    {
        get
        {
            RequireNoSplit();
            if (_holdOut is { } holdOut) return holdOut.IsHeldOutPart ? null : Parse(WithHoldOut(Bare.ToString(), holdOut with { IsHeldOutPart = true }));
            return _reader.TestText is { } text ? Parse(text) : null;
        }
    }

    /// <summary>Understands the text of a source. Nothing is opened.</summary>
    /// <exception cref="UsageException">The text has none of the forms of <see cref="Usage"/>.</exception>
    public static DataSource Parse(string text)
    {
        SourceText source = SourceText.Parse(text);
        HoldOut? holdOut = HoldOut.Take(ref source);
        SourceReader reader = source.Form switch
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
        };
        return new DataSource(text, reader, holdOut);
    }

    /// <summary>The same source with a share of its records held out for testing: whole people, where there are people, otherwise of each class alike.</summary>
    /// <param name="share">Above 0, below 1.</param>
    /// <exception cref="UsageException">The share is out of range, or the source says already what is held out.</exception>
    public DataSource WithHoldOut(double share)
    {
        if (HasHoldOut) throw new UsageException($"'{Text}' says already what is held out. Leave out one of the two.");
        return Parse(SourceText.Parse(Text).With(HoldOut.ShareOption, share.ToString(CultureInfo.InvariantCulture)));
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
        RequireNoSplit();
        RawDataset data = _reader.Read(options);
        if (options.WritersFile is { } writers) data = WriterLabels.Attach(data, writers);
        if (options.SubjectsFile is { } subjects) data = SubjectsFile.Attach(data, subjects);
        return _holdOut is { } holdOut ? holdOut.PartOf(data) : data;
    }

    private SourceText Bare => SourceText.Parse(Text).Without(HoldOut.ShareOption).Without(HoldOut.PartOption);

    private static string WithHoldOut(string text, HoldOut holdOut)
    {
        string share = SourceText.Parse(text).With(HoldOut.ShareOption, holdOut.Share.ToString(CultureInfo.InvariantCulture));
        return holdOut.IsHeldOutPart ? SourceText.Parse(share).With(HoldOut.PartOption, HoldOut.HeldOutPart) : share;
    }

    private void RequireNoSplit()
    {
        if (HasHoldOut && _reader.TestText is { } test)
            throw new UsageException($"'{Bare}' has a test split of its own ({test}), so nothing needs to be held out. Leave out the hold-out.");
    }

    internal static UsageException Unusable(string problem) => new($"{problem} The forms are:\n{Usage}");
}
