namespace Lethe.Training.Datasets;

/// <summary>What may accompany a data source: who the records are about, and what a test set must share with its training set.</summary>
public sealed record DataOptions
{
    /// <summary>A CSV file (also .gz) with the columns record and subject, or with one subject a line in record order.</summary>
    public string? SubjectsFile { get; init; }

    /// <summary>QMNIST's label file (IDX int32, N × 8): the writer of each digit becomes the record's subject.</summary>
    public string? WritersFile { get; init; }

    /// <summary>The classes in index order, taken from the training set; labels outside are refused. Null: the source decides.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The column encoding of the training set, for CSV sources; null: learned from the file.</summary>
    public TabularEncoding? Encoding { get; init; }

    /// <summary>Options that read a test set with the classes and the column encoding of <paramref name="training"/>.</summary>
    public static DataOptions Matching(TensorDataset training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return new DataOptions { ClassNames = training.Manifest.ClassNames, Encoding = training.Encoding };
    }
}
