using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Methods.Baselines;
using Lethe.Methods.DeepObliviate;

namespace Lethe.Methods;

/// <summary>Where exact retraining starts.</summary>
public enum RetrainFrom
{
    /// <summary>At the last stored checkpoint that never saw the records: the same bits as from scratch, at less work.</summary>
    Checkpoint,

    /// <summary>At M_0.</summary>
    Scratch,
}

/// <summary>Options of all methods; each method takes its own and ignores the others.</summary>
public sealed record MethodOptions
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>DeepObliviate: when to stop.</summary>
    public StopOptions Stop { get; init; } = new();

    /// <summary>DeepObliviate: stitch over the gaps between distant deleted blocks too.</summary>
    public bool Jump { get; init; }

    /// <summary>Retrain: where to start.</summary>
    public RetrainFrom From { get; init; } = RetrainFrom.Checkpoint;

    /// <summary>Fine-tune: passes over the retained records.</summary>
    public int Epochs { get; init; } = FineTune.DefaultEpochs;

    /// <summary>Fine-tune: the rate; null means <see cref="FineTune.RateShare"/> of the recipe's initial rate.</summary>
    public double? LearningRate { get; init; }

    /// <summary>As the strings that a plan carries.</summary>
    public IReadOnlyDictionary<string, string> ToDictionary()
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["stop"] = Word(Stop.Mode),
            ["raw-epsilon"] = Word(Stop.Raw),
            ["floor-factor"] = Stop.FloorFactor.ToString("R", Invariant),
            ["patience"] = Stop.Patience.ToString(Invariant),
            ["jump"] = Word(Jump),
            ["from"] = Word(From),
            ["epochs"] = Epochs.ToString(Invariant),
        };
        if (Stop.Epsilon is { } epsilon) values["epsilon"] = epsilon.ToString("R", Invariant);
        if (Stop.Minimum is { } minimum) values["min-blocks"] = minimum.ToString(Invariant);
        if (LearningRate is { } rate) values["learning-rate"] = rate.ToString("R", Invariant);
        return values;
    }

    /// <summary>Reads what <see cref="ToDictionary"/> wrote; absent keys keep their defaults.</summary>
    /// <exception cref="UsageException">A key is unknown or a value does not parse.</exception>
    public static MethodOptions FromDictionary(IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var options = new MethodOptions();
        foreach (var (key, value) in values) options = options.With(key, value);
        return options.Validated();
    }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="UsageException">An option is out of range.</exception>
    public MethodOptions Validated()
    {
        Stop.Validated();
        if (Epochs < 1) throw new UsageException($"--epochs {Epochs} must be at least 1.");
        if (LearningRate is { } rate && !(rate > 0)) throw new UsageException($"--learning-rate {rate} must be positive.");
        return this;
    }

    private MethodOptions With(string key, string value)
    {
        try
        {
            return key switch
            {
                "stop" => this with { Stop = Stop with { Mode = Choice<StopMode>(value) } },
                "epsilon" => this with { Stop = Stop with { Epsilon = double.Parse(value, Invariant) } },
                "raw-epsilon" => this with { Stop = Stop with { Raw = bool.Parse(value) } },
                "min-blocks" => this with { Stop = Stop with { Minimum = int.Parse(value, Invariant) } },
                "floor-factor" => this with { Stop = Stop with { FloorFactor = double.Parse(value, Invariant) } },
                "patience" => this with { Stop = Stop with { Patience = int.Parse(value, Invariant) } },
                "jump" => this with { Jump = bool.Parse(value) },
                "from" => this with { From = Choice<RetrainFrom>(value) },
                "epochs" => this with { Epochs = int.Parse(value, Invariant) },
                "learning-rate" => this with { LearningRate = double.Parse(value, Invariant) },
                _ => throw new UsageException($"Unknown method option '{key}'."),
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw new UsageException($"Method option '{key}' cannot be '{value}'.", e);
        }
    }

    private static T Choice<T>(string value) where T : struct, Enum =>
        Enum.TryParse<T>(value, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) && !char.IsDigit(value[0])
            ? parsed
            : throw new FormatException($"'{value}' is none of {string.Join(", ", Enum.GetNames<T>())}.");

    private static string Word<T>(T value) where T : notnull => value.ToString()!.ToLowerInvariant();
}
