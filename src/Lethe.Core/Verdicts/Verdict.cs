using System.Text.Json.Serialization;
using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Core.Verdicts;

/// <summary>What a verification concluded about one model, and from what: <c>requests/ID/verdict.json</c>. It holds aggregates only, nothing of a single record: see <see cref="Kept"/>.</summary>
public sealed record Verdict
{
    /// <summary>Name of the file in a request's folder.</summary>
    public const string FileName = "verdict.json";

    /// <summary>The conclusion.</summary>
    public required VerdictKind Kind { get; init; }

    /// <summary>Digest of the judged model.</summary>
    public required Digest Model { get; init; }

    /// <summary>The request that the model was made for.</summary>
    public required string Request { get; init; }

    /// <summary>How many records the verdict is about.</summary>
    public required int Records { get; init; }

    /// <summary>The method that made the model.</summary>
    public required string Method { get; init; }

    /// <summary>What the method promises, whatever was measured.</summary>
    public required Guarantee Guarantee { get; init; }

    /// <summary>Digest of the policy that was applied.</summary>
    public required Digest Policy { get; init; }

    /// <summary>Probability with which a model that never saw the records may be found INCOMPLETE, over all tests together.</summary>
    public required double Alpha { get; init; }

    /// <summary>Training seeds of the gold models; empty where they were named as files.</summary>
    public required IReadOnlyList<ulong> Golds { get; init; }

    /// <summary>Digests of the parameters of gold models that were named as files: what those were trained on is a statement, not a fact.</summary>
    public IReadOnlyList<Digest> NamedGolds { get; init; } = [];

    /// <summary>How many gold models there were.</summary>
    [JsonIgnore]
    public int GoldCount => Golds.Count + NamedGolds.Count;

    /// <summary>The measures.</summary>
    public required IReadOnlyList<VerdictTest> Tests { get; init; }

    /// <summary>The measures after the model was relearnt for some steps, and after its weights were rounded.</summary>
    public IReadOnlyList<VerdictTest> Retests { get; init; } = [];

    /// <summary>What the same tests say about the untouched original.</summary>
    public required NegativeControl Control { get; init; }

    /// <summary>What must be looked at whatever the tests say.</summary>
    public IReadOnlyList<VerdictAlarm> Alarms { get; init; } = [];

    /// <summary>Privacy of retained records that resemble the forgotten ones; null where it was not measured.</summary>
    public NeighbourPrivacy? Neighbours { get; init; }

    /// <summary>Why the conclusion is what it is, in plain words; the first sentence is the conclusion itself.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>When it was reached.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>From how many records on figures of the forgotten records are stored.</summary>
    public const int LeastRecords = 5;

    /// <summary>The verdict as it is stored: with fewer than <see cref="LeastRecords"/> records, whose mean is nearly a record's own, without the models' figures.</summary>
    public Verdict Kept() => Records >= LeastRecords ? this : this with { Tests = [.. Tests.Select(WithoutFigures)], Retests = [.. Retests.Select(WithoutFigures)] };

    private static VerdictTest WithoutFigures(VerdictTest test) =>
        test with { Original = null, Candidate = double.NaN, Golds = [], NullLow = double.NaN, NullHigh = double.NaN };

    /// <summary>The digest of the canonical JSON.</summary>
    [JsonIgnore]
    public Digest Digest => Digest.OfText(ToJson());

    /// <summary>The canonical JSON.</summary>
    public string ToJson() => CanonicalJson.Serialize(this);

    /// <summary>Reads a verdict.</summary>
    /// <exception cref="BadDataException">The text is no valid verdict.</exception>
    public static Verdict FromJson(string json)
    {
        var verdict = CanonicalJson.Deserialize<Verdict>(json);
        return verdict.Tests.Contains(null!) || verdict.Retests.Contains(null!) || verdict.Alarms.Contains(null!)
            ? throw new BadDataException($"The verdict on request {verdict.Request} has an empty entry: make it again with `lethe verify`.")
            : verdict;
    }
}

/// <summary>What the tests say about the untouched original, which must fail wherever there is power.</summary>
/// <param name="Kind">The conclusion that it would get; anything but INCOMPLETE means that the tests cannot see whether something was forgotten.</param>
/// <param name="Failed">Names of the tests that tell it from gold.</param>
/// <param name="Source">Where its figures come from: the model itself, or figures taken before it was destroyed.</param>
public sealed record NegativeControl(VerdictKind Kind, IReadOnlyList<string> Failed, string Source);

/// <summary>Something that must be looked at.</summary>
/// <param name="Name">One of the constants.</param>
/// <param name="Message">What was seen, in plain words.</param>
public sealed record VerdictAlarm(string Name, string Message)
{
    /// <summary>The model is the original, or cannot be told from it where it could be.</summary>
    public const string NothingForgotten = "nothing was forgotten";

    /// <summary>The model has lost more accuracy than the policy allows.</summary>
    public const string Damaged = "damaged";
}

/// <summary>How well a simple attack recognises retained records that resemble forgotten ones, before and after.</summary>
/// <param name="Records">How many retained neighbours were asked about.</param>
/// <param name="Original">Area under the attack's curve for the original; null where it was not measured. 0.5 is chance.</param>
/// <param name="Candidate">The same for the judged model.</param>
/// <param name="Golds">The same for each gold model.</param>
/// <param name="Exposed">Whether the neighbours became easier to recognise than for the original and for any gold model.</param>
public sealed record NeighbourPrivacy(int Records, double? Original, double Candidate, IReadOnlyList<double> Golds, bool Exposed);
