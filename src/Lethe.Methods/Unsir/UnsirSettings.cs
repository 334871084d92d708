using Lethe.Methods.Options;

namespace Lethe.Methods.Unsir;

/// <summary>Where the noise of the impair set comes from.</summary>
internal enum NoiseKind
{
    Learned,
    Random,
    None,
}

/// <summary>UNSIR's constants for one request.</summary>
internal sealed record UnsirSettings
{
    /// <summary>Noise samples that one forward pass takes at most, in elements: classes are learned together up to this size.</summary>
    private const long MostElements = 1 << 22;

    public required NoiseKind Noise { get; init; }

    public required int NoiseSteps { get; init; }

    public required int NoiseBatch { get; init; }

    public required double NoiseRate { get; init; }

    public required double Lambda { get; init; }

    public required int Copies { get; init; }

    public required int BatchSize { get; init; }

    public required double ImpairRate { get; init; }

    public required double RepairRate { get; init; }

    public required int RepairEpochs { get; init; }

    /// <summary>As the authors' notebook computes.</summary>
    public required bool AsPublished { get; init; }

    public static UnsirSettings From(OptionValues options) => new()
    {
        Noise = options.Choice<NoiseKind>(UnsirOptions.Noise),
        NoiseSteps = options.Whole(UnsirOptions.NoiseSteps),
        NoiseBatch = options.Whole(UnsirOptions.NoiseBatch),
        NoiseRate = options.Number(UnsirOptions.NoiseRate),
        Lambda = options.Number(UnsirOptions.NoiseLambda),
        Copies = options.Whole(UnsirOptions.Copies),
        BatchSize = options.Whole(UnsirOptions.BatchSize),
        ImpairRate = options.Number(UnsirOptions.ImpairRate),
        RepairRate = options.Number(UnsirOptions.RepairRate),
        RepairEpochs = options.Whole(UnsirOptions.RepairEpochs),
        AsPublished = options.Flag(UnsirOptions.AsPublished),
    };

    /// <summary>Noise samples of a class that the impair set takes: the notebook's loop runs over channels instead of samples.</summary>
    public int UsedNoise(IReadOnlyList<long> sampleShape) =>
        Noise == NoiseKind.None ? 0 : AsPublished ? (int)Math.Min(sampleShape[0], NoiseBatch) : NoiseBatch;

    /// <summary>Samples of the impair epoch.</summary>
    public long ImpairSamples(int classes, IReadOnlyList<long> sampleShape, int retained) =>
        (long)classes * Copies * UsedNoise(sampleShape) + retained;

    /// <summary>Samples of learning the noise of some classes.</summary>
    public long NoiseSamples(int classes) => Noise == NoiseKind.Learned ? (long)classes * NoiseBatch * NoiseSteps : 0;

    /// <summary>Bytes of the noise of some classes.</summary>
    public long NoiseBytes(int classes, IReadOnlyList<long> sampleShape) =>
        sampleShape.Aggregate((long)classes * NoiseBatch * sizeof(float), (product, size) => product * size);

    /// <summary>Classes whose noise is learned together; one where batch normalisation would mix them.</summary>
    public int ClassesAtOnce(IReadOnlyList<long> sampleShape) =>
        AsPublished ? 1 : (int)Math.Max(1, MostElements / (NoiseBatch * sampleShape.Aggregate(1L, (product, size) => product * size)));
}
