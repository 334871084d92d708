using Lethe.Bench.Results;

namespace Lethe.Bench.Unsir;

/// <summary>Names of the suite's rows, and the short way to add one.</summary>
internal sealed class UnsirRows(ResultsFile file, string model, string scenario, ulong seed)
{
    public const string Dataset = "CIFAR-10 (JPEG)";
    public const string Original = "original";
    public const string Gold = "gold";
    public const string Default = "unsir";
    public const string AsPublished = "unsir/as-published";
    public const string Tuned = "unsir/tuned";
    public const string Notebook = "notebook in PyTorch";

    /// <summary>The notebook's network and one of its requests.</summary>
    public const string NotebookModel = "resnet18-imagenet", NotebookClasses = "{0, 2}";

    public const string ForgottenAccuracy = "accuracy on forgotten classes, test";
    public const string RetainedAccuracy = "accuracy on retained classes, test";
    public const string ForgottenLoss = "loss on forgotten classes, test";
    public const string Relearn = "relearn time, mini-batches";
    public const string Samples = "samples";
    public const string Seconds = "seconds";
    public const string SampleSpeedUp = "speed-up over retraining, samples";
    public const string SecondSpeedUp = "speed-up over retraining, seconds";
    public const string NotebookRatio = "seconds of the notebook's algorithm over seconds of this";
    public const string Fingerprint = "noise objective, mean of steps ";

    /// <summary>The methods with their options, in the order of the table.</summary>
    public static IReadOnlyList<(string Name, (string, string)[] Options)> Methods { get; } =
    [
        (Default, []),
        (AsPublished, [("as-published", "true")]),
        (Tuned, [("tuned", "true")]),
        ("unsir/random noise", [("noise", "random")]),
        ("unsir/no noise", [("noise", "none")]),
        ("unsir/batch-norm only", [("batch-norm-only", "true")]),
    ];

    /// <summary>Whether a method with these options makes noise, whose size can be set.</summary>
    public static bool MakesNoise(IEnumerable<(string, string)> options) => !options.Any(static option => option is ("noise", "none") or ("batch-norm-only", _));

    public ulong Seed { get; } = seed;

    public void Add(string method, string metric, double value) => file.Add(new ResultRow(Dataset, model, scenario, method, Seed, metric, value));
}
