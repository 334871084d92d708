using System.Text.Json.Serialization;
using Lethe.Core.Numerics;
using Lethe.Methods;

namespace Lethe.Reports;

/// <summary>One forget request: what was asked, what was done, what it cost and what it changed.</summary>
public sealed record RequestSection
{
    /// <summary>The request's identifier in the run.</summary>
    public required string Id { get; init; }

    /// <summary>A short title, such as "One ordinary person".</summary>
    public required string Title { get; init; }

    /// <summary>The outcome in one sentence.</summary>
    public required string Headline { get; init; }

    /// <summary>The method that served the request.</summary>
    public required string Method { get; init; }

    /// <summary>What the method guarantees: exact, approximate or heuristic.</summary>
    public required string Guarantee { get; init; }

    /// <summary>How many records were forgotten.</summary>
    public required int Records { get; init; }

    /// <summary>How many people they belonged to, where the data says so.</summary>
    public int? Subjects { get; init; }

    /// <summary>Why the method stopped where it did, in plain words.</summary>
    public string? Decision { get; init; }

    /// <summary>What must not be overlooked.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Paragraphs that explain what to look at.</summary>
    public IReadOnlyList<string> Explanation { get; init; } = [];

    /// <summary>Accuracies of the original, the unlearned and the gold model.</summary>
    public IReadOnlyList<Comparison> Accuracies { get; init; } = [];

    /// <summary>The other measures, each with its definition, reference and direction.</summary>
    public IReadOnlyList<Comparison> Measures { get; init; } = [];

    /// <summary>How often a secret trigger still works, for each model.</summary>
    public IReadOnlyList<HitRate> HitRates { get; init; } = [];

    /// <summary>The residual memory of the forgotten records, block by block.</summary>
    public ResidualCurve? Residual { get; init; }

    /// <summary>What forgetting cost, beside retraining and resuming.</summary>
    public IReadOnlyList<CostBar> Costs { get; init; } = [];

    /// <summary>What happened to each block.</summary>
    public BlockTimeline? Timeline { get; init; }

    /// <summary>Identity of the model before and after, and what was destroyed.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>What the method itself tells: numbers, series, and values by label.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Pictures that the method made; none shows a record. They are no part of <c>report.json</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<RecordPicture> FindingPictures { get; init; } = [];

    /// <summary>Pictures of some forgotten records. They are personal data, and no part of <c>report.json</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<RecordPicture> Pictures { get; init; } = [];
}

/// <summary>One measure for the three models.</summary>
/// <param name="Name">The measure, with its reference, such as "agreement with gold on test".</param>
/// <param name="Definition">How it is computed.</param>
/// <param name="Direction">Which value is good, such as "equals gold".</param>
/// <param name="Format">How to print it.</param>
public sealed record Comparison(string Name, string Definition, string Direction, FigureFormat Format)
{
    /// <summary>The model before forgetting.</summary>
    public double? Original { get; init; }

    /// <summary>The model after forgetting.</summary>
    public double? Unlearned { get; init; }

    /// <summary>The interval that the unlearned model's figure has by the draw of the records; null where none is known.</summary>
    public FigureRange? UnlearnedRange { get; init; }

    /// <summary>Models trained from scratch without the records.</summary>
    public Spread? Gold { get; init; }

    /// <summary>Gold against gold with another seed: differences below it mean nothing.</summary>
    public double? NoiseFloor { get; init; }

    /// <summary>Whether the measure can tell the original from gold; null where there is no gold.</summary>
    public bool? HasPower { get; init; }
}

/// <summary>Mean and standard deviation over models.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="StandardDeviation">The sample standard deviation; null for a single model.</param>
/// <param name="Models">The number of models.</param>
public sealed record Spread(double Mean, double? StandardDeviation, int Models);

/// <summary>An interval of a figure.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Confidence">For example 0.95.</param>
public sealed record FigureRange(double Low, double High, double Confidence);

/// <summary>How a figure is printed.</summary>
public enum FigureFormat
{
    /// <summary>A share, printed in percent.</summary>
    Percent,

    /// <summary>A number with four significant digits.</summary>
    Number,
}

/// <summary>How often a trigger made a model say the owner's label, with an exact binomial interval.</summary>
/// <param name="Model">original, unlearned or gold.</param>
/// <param name="Hits">The number of hits.</param>
/// <param name="Queries">The number of stamped records that were tried.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
public sealed record HitRate(string Model, int Hits, int Queries, double Low, double High)
{
    private const double Confidence = 0.95;

    /// <summary>The hits of several triggers together, with their interval.</summary>
    internal static HitRate Pool(string model, IEnumerable<(int Hits, int Queries)> rates)
    {
        var (hits, queries) = rates.Aggregate((Hits: 0, Queries: 0), (sum, rate) => (sum.Hits + rate.Hits, sum.Queries + rate.Queries));
        var (low, high) = Binomial.ClopperPearson(hits, queries, Confidence);
        return new HitRate(model, hits, queries, low, high);
    }

    /// <summary>Hits over queries.</summary>
    public double Rate => Queries == 0 ? double.NaN : (double)Hits / Queries;
}

/// <summary>Residual memory Δ of consecutive retrained blocks, with the fit that decided the stop.</summary>
public sealed record ResidualCurve
{
    /// <summary>The block of the first value.</summary>
    public required int FirstBlock { get; init; }

    /// <summary>Δ of each retrained block (L1 distance of the two runs' updates).</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>The block at which x = 1 in the fit (the last deleted block).</summary>
    public int FitFirstBlock { get; init; }

    /// <summary>a, b, h of Y(x) = a·x^(−h) + b; null where no fit was made.</summary>
    public DecayCurve? Fit { get; init; }

    /// <summary>Δ of two runs that differ in the order of the records alone; null when not measured.</summary>
    public double? NoiseFloor { get; init; }

    /// <summary>The level at which the stop rule fires, where the rule is a level.</summary>
    public double? Threshold { get; init; }

    /// <summary>The last retrained block.</summary>
    public required int StopBlock { get; init; }

    /// <summary>The stop rule: dfa, fit or floor.</summary>
    public required string Mode { get; init; }
}

/// <summary>Y(x) = A·x^(−H) + B.</summary>
/// <param name="A">The part that decays.</param>
/// <param name="B">The level that stays.</param>
/// <param name="H">The exponent.</param>
public sealed record DecayCurve(double A, double B, double H);

/// <summary>The cost of one way to get a model without the records.</summary>
/// <param name="Name">The way, such as "retraining from scratch".</param>
/// <param name="Samples">Records processed in training.</param>
/// <param name="Seconds">Wall seconds; null when unknown.</param>
/// <param name="Measured">Whether the seconds were measured in this run, or estimated from it.</param>
public sealed record CostBar(string Name, long Samples, double? Seconds, bool Measured);

/// <summary>What happened to each block of the run.</summary>
/// <param name="Blocks">The state of block 1…B.</param>
public sealed record BlockTimeline(IReadOnlyList<BlockState> Blocks);

/// <summary>What a forget request did to one block.</summary>
public enum BlockState
{
    /// <summary>Before the first forgotten record: never saw it, kept as it is.</summary>
    Untouched,

    /// <summary>Held forgotten records and was retrained without them.</summary>
    Forgotten,

    /// <summary>Held none, but was retrained because the memory had not faded.</summary>
    Retrained,

    /// <summary>Its stored update was reused.</summary>
    Stitched,
}

/// <summary>One forgotten record as a picture.</summary>
/// <param name="Label">What the record is, such as "coat, record 17".</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Channels">1 (grey) or 3 (red, green, blue, interleaved).</param>
/// <param name="Pixels">Width × height × channels bytes, rows from top to bottom.</param>
public sealed record RecordPicture(string Label, int Width, int Height, int Channels, ReadOnlyMemory<byte> Pixels);
