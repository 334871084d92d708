using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Core.Verdicts;

/// <summary>What a verdict is built with, and when a candidate is promoted. Read it with <see cref="FromJson"/>, which checks the bounds.</summary>
public sealed record VerificationPolicy
{
    /// <summary>Name of the file in a run and in a request's folder.</summary>
    public const string FileName = "policy.json";

    /// <summary>Name of the file beside a verdict that holds the policy which it was built with.</summary>
    public const string VerdictFileName = "verdict-policy.json";

    /// <summary>Name of that file until its verdict is stored: a process that is killed in between leaves both verdicts with their policies.</summary>
    public const string PendingVerdictFileName = VerdictFileName + ".pending";

    private const double LeastAlpha = 1e-6;

    /// <summary>The default policy.</summary>
    public static VerificationPolicy Default { get; } = new();

    /// <summary>Probability with which a model that never saw the records may be found INCOMPLETE, over all tests together; 0.000001 to 0.2.</summary>
    public double Alpha { get; init; } = 0.01;

    /// <summary>The power, in [0.5, 0.9999], that a measure needs to count: how probably it notices a model that forgot nothing.</summary>
    public double Power { get; init; } = 0.99;

    /// <summary>How many gold models are trained when none are asked for; 2 … 100.</summary>
    public int Golds { get; init; } = 5;

    /// <summary>With fewer gold models nothing is concluded; 2 … 100.</summary>
    public int MinGolds { get; init; } = 3;

    /// <summary>The loss of accuracy on unseen records, in [0, 1], above which a model counts as damaged.</summary>
    public double MaxAccuracyLoss { get; init; } = 0.05;

    /// <summary>Steps of relearning the forgotten records before the measures are taken again; 0 … 1000, 0: not at all.</summary>
    public int RelearnSteps { get; init; } = 10;

    /// <summary>Whether the measures are taken again after the weights were rounded to eight bits.</summary>
    public bool Int8Rounding { get; init; } = true;

    /// <summary>How many retained records closest to the forgotten ones are attacked before and after; 0 … 10,000, 0: none.</summary>
    public int Neighbours { get; init; } = 200;

    /// <summary>When a candidate takes the original's place.</summary>
    public PromotionRule Promotion { get; init; }

    /// <summary>Measures by name, on or off; what is not named is on.</summary>
    public IReadOnlyDictionary<string, bool> Measures { get; init; } = VerdictMeasures.All.ToDictionary(name => name, _ => true);

    /// <summary>The digest of the canonical JSON.</summary>
    [JsonIgnore]
    public Digest Digest => Digest.OfText(ToJson());

    /// <summary>Whether a measure is on.</summary>
    public bool Uses(string measure) => Measures.GetValueOrDefault(measure, true);

    /// <summary>The canonical JSON.</summary>
    public string ToJson() => CanonicalJson.Serialize(this);

    /// <summary>Reads a policy and checks it; what is missing has its default.</summary>
    /// <exception cref="BadDataException">The text is no policy, or a value lies outside its bounds.</exception>
    public static VerificationPolicy FromJson(string json)
    {
        var policy = Read(json);
        policy.Validate();
        return policy;
    }

    private static VerificationPolicy Read(string json)
    {
        try
        {
            return CanonicalJson.Deserialize<VerificationPolicy>(json);
        }
        catch (BadDataException error)
        {
            string what = (error.InnerException as JsonException)?.Path is { Length: > 2 } path
                ? $"its '{path[2..]}' is no name that a policy has, or has a value of the wrong kind"
                : "it is no JSON";
            throw new BadDataException($"This is no verification policy: {what}. `lethe policy` prints one, `lethe policy --help` tells the values.", error);
        }
    }

    /// <summary>Checks all bounds.</summary>
    /// <exception cref="BadDataException">A value lies outside its bounds.</exception>
    public void Validate()
    {
        Require(Alpha is >= LeastAlpha and <= 0.2, "alpha", Alpha, "0.000001 to 0.2");
        Require(Power is >= 0.5 and <= 0.9999, "power", Power, "between 0.5 and 0.9999");
        Require(Golds is >= 2 and <= 100, "golds", Golds, "between 2 and 100");
        Require(MinGolds is >= 2 and <= 100, "minGolds", MinGolds, "between 2 and 100");
        Require(MinGolds <= Golds, "minGolds", MinGolds, "at most golds");
        Require(MaxAccuracyLoss is >= 0 and <= 1, "maxAccuracyLoss", MaxAccuracyLoss, "between 0 and 1");
        Require(RelearnSteps is >= 0 and <= 1000, "relearnSteps", RelearnSteps, "between 0 and 1000");
        Require(Neighbours is >= 0 and <= 10_000, "neighbours", Neighbours, "between 0 and 10000");
        if (Measures.Keys.FirstOrDefault(name => !VerdictMeasures.All.Contains(name)) is { } unknown)
            throw new BadDataException($"The verification policy switches a measure '{unknown}' that does not exist. There are: {string.Join(", ", VerdictMeasures.All)}.");
    }

    private static void Require(bool holds, string name, IFormattable value, string bounds)
    {
        if (!holds)
            throw new BadDataException($"The verification policy's {name} is {value.ToString(null, CultureInfo.InvariantCulture)}; it must be {bounds}. `lethe policy` prints a policy to start from.");
    }
}

/// <summary>When a candidate takes the original's place.</summary>
public enum PromotionRule
{
    /// <summary>Only after a verdict that allows it, or by a person's decision.</summary>
    Verdict,

    /// <summary>At once, if quick checks without gold models find neither damage nor an unchanged model.</summary>
    Gate,
}
