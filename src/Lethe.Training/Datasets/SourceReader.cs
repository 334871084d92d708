namespace Lethe.Training.Datasets;

/// <summary>Reads one form of data source into managed arrays.</summary>
internal abstract class SourceReader(SourceText source)
{
    protected SourceText Source { get; } = source;

    /// <summary>The source with its paths made absolute, readable from any directory.</summary>
    public virtual string Canonical =>
        (Source.Path.Length == 0 ? Source : Source with { Path = Absolute(Source.Path) }).ToString();

    /// <summary>The text of the matching test split, if there is one.</summary>
    public virtual string? TestText => null;

    public abstract RawDataset Read(DataOptions options);

    protected static string Absolute(string path) => Path.GetFullPath(path);

    protected string? TestOfSplit() => Source.Option("split") == "test" ? null : Source.With("split", "test");
}
