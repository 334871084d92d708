using Lethe.Bench.Results;

namespace Lethe.Bench.DeepObliviate;

/// <summary>Names of the suite's rows, and the short way to add one.</summary>
internal sealed class MnistRows(ResultsFile file, ulong seed)
{
    public const string Dataset = "MNIST";
    public const string Original = "original";
    public const string Gold = "gold";
    public const string GoldOtherSeed = "gold/other-seed";
    public const string Resume = "resume from M_(d-1)";

    public const string TestAccuracy = "test accuracy";
    public const string Agreement = "agreement with gold";
    public const string SampleSpeedUp = "speed-up over scratch, samples";
    public const string SecondSpeedUp = "speed-up over scratch, seconds";
    public const string ResumeSampleSpeedUp = "speed-up over resuming, samples";
    public const string ResumeSecondSpeedUp = "speed-up over resuming, seconds";
    public const string FirstBlock = "first block d";
    public const string RetrainedBlocks = "retrained blocks";
    public const string RelativeDistance = "distance to gold over original's distance to gold";
    public const string Samples = "samples";
    public const string Seconds = "seconds";

    public ulong Seed { get; } = seed;

    public void Add(string scenario, string method, string metric, double value) =>
        file.Add(new ResultRow(Dataset, "lenet5", scenario, method, Seed, metric, value));
}
