using System.Text.Json.Serialization;

namespace Lethe.Training.Datasets;

/// <summary>How a column becomes features.</summary>
public enum ColumnKind
{
    /// <summary>One feature, (value − mean) / sd.</summary>
    Numeric,

    /// <summary>One 0/1 feature a category.</summary>
    OneHot,

    /// <summary>One feature: the category's index in alphabetical order, standardised.</summary>
    Ordinal,
}

/// <summary>The encoding of one column, learned from the training file.</summary>
public sealed record ColumnEncoding
{
    /// <summary>The column's name in the header.</summary>
    public required string Name { get; init; }

    /// <summary>How it becomes features.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>Mean of the values (0 for one-hot columns and for columns that hold only 0 and 1).</summary>
    public double Mean { get; init; }

    /// <summary>Standard deviation of the values over all records (n in the denominator); 1 where it would be 0 or is not used.</summary>
    public double StandardDeviation { get; init; } = 1;

    /// <summary>The categories in ordinal string order; empty for numeric columns.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The number of features that the column yields.</summary>
    [JsonIgnore]
    public int Features => Kind == ColumnKind.OneHot ? Categories.Count : 1;
}

/// <summary>How the columns of a table become the features of a sample, in order; part of a data set's description.</summary>
public sealed record TabularEncoding
{
    /// <summary>The encoded columns, in the order of their features.</summary>
    public required IReadOnlyList<ColumnEncoding> Columns { get; init; }

    /// <summary>The number of features of a sample.</summary>
    [JsonIgnore]
    public int Features => Columns.Sum(column => column.Features);
}
