using Lethe.Core.Errors;
using Lethe.Methods.Options;

namespace Lethe.Methods.Unsir;

/// <summary>What UNSIR can be asked for; defaults are those of the paper and its notebook.</summary>
internal static class UnsirOptions
{
    public static readonly MethodOption NoiseSteps = MethodOption.Whole("noise-steps", 40, "Steps that the noise of a class is learned for; none leaves it as drawn.", minimum: 0);
    public static readonly MethodOption NoiseBatch = MethodOption.Whole("noise-batch", 256, "Noise samples of a class.", minimum: 2, maximum: 65_536);
    public static readonly MethodOption NoiseRate = MethodOption.Positive("noise-rate", 0.1, "Adam's rate for the noise; 224×224 images want 0.02 or less.");
    public static readonly MethodOption NoiseLambda = MethodOption.Number("noise-lambda", 0.1, "Weight of the noise's squared L2 norm, summed over a sample.", minimum: 0);
    public static readonly MethodOption Copies = MethodOption.Whole("copies", 20, "How often each noise sample stands in the impair set.", maximum: 1000);
    public static readonly MethodOption BatchSize = MethodOption.Whole("batch-size", 256, "Samples of a batch of impair and repair.", minimum: 2);
    public static readonly MethodOption ImpairRate = MethodOption.Positive("impair-lr", 0.02, "Adam's rate of the impair epoch.");
    public static readonly MethodOption RepairRate = MethodOption.Positive("repair-lr", 0.01, "Adam's rate of the repair epochs.");
    public static readonly MethodOption RepairEpochs = MethodOption.Whole("repair-epochs", 1, "Passes over the retained part after the impair epoch.", minimum: 0);
    public static readonly MethodOption RetainPerClass = MethodOption.Whole("retain-per-class", 1000, "Retained records of each class that are read, drawn at random.");
    public static readonly MethodOption RetainShare = MethodOption.Number("retain-share", null, "Share of the retained records that is read instead, in (0, 1].", minimum: 1e-9, maximum: 1);
    public static readonly MethodOption Noise = MethodOption.Word("noise", "The noise of the impair set: learned against the class, as drawn, or left out; the last two are controls.", "learned", "random", "none");
    public static readonly MethodOption BatchNormOnly = MethodOption.Flag("batch-norm-only", "A control: only measures batch-norm statistics anew on the retained part.");
    public static readonly MethodOption AsPublished = MethodOption.Flag("as-published", "As the authors' notebook computes: all noise labelled class 0, only as many noise images as channels, noise learned in training mode, the first retained records instead of drawn ones.");
    public static readonly MethodOption Tuned = MethodOption.Flag("tuned", "Rehearses five pairs of rates on retained classes as stand-ins and takes the one that forgets them with the least damage to retained records set aside.");

    public static IReadOnlyList<MethodOption> All { get; } =
    [
        NoiseSteps, NoiseBatch, NoiseRate, NoiseLambda, Copies, BatchSize, ImpairRate, RepairRate, RepairEpochs, RetainPerClass, RetainShare,
        Noise, BatchNormOnly, AsPublished, Tuned,
    ];

    /// <summary>Refuses options that contradict each other or would do nothing.</summary>
    /// <exception cref="UsageException">Which do, and what to do.</exception>
    public static void RequireConsistent(OptionValues values)
    {
        if (values.IsGiven(RetainPerClass) && values.IsGiven(RetainShare)) throw Both("retain-per-class", "retain-share");
        RefuseIdle(values);
        if (!values.Flag(BatchNormOnly) && !values.Flag(Tuned)) return;
        var flag = values.Flag(BatchNormOnly) ? "batch-norm-only" : "tuned";
        foreach (var option in values.Flag(BatchNormOnly) ? Learning : [ImpairRate, RepairRate, AsPublished])
        {
            if (values.IsGiven(option)) throw Both(flag, option.Name);
        }
    }

    private static void RefuseIdle(OptionValues values)
    {
        var noise = values.Choice<NoiseKind>(Noise);
        var control = $"--noise {values.Word(Noise)}";
        if (noise != NoiseKind.Learned) values.RefuseIdle(control, NoiseSteps, NoiseRate, NoiseLambda);
        else if (values.Whole(NoiseSteps) == 0) values.RefuseIdle("--noise-steps 0", NoiseRate, NoiseLambda);
        if (noise == NoiseKind.None) values.RefuseIdle(control, NoiseBatch, Copies);
        if (noise == NoiseKind.None && values.IsGiven(RetainShare)) values.RefuseIdle($"{control} and --{RetainShare.Name}", AsPublished);
        if (values.Whole(RepairEpochs) == 0) values.RefuseIdle("--repair-epochs 0", RepairRate);
    }

    private static MethodOption[] Learning =>
        [NoiseSteps, NoiseBatch, NoiseRate, NoiseLambda, Copies, ImpairRate, RepairRate, RepairEpochs, Noise, AsPublished, Tuned];

    private static UsageException Both(string one, string other) => new($"--{one} and --{other} contradict each other: leave one out.");
}
