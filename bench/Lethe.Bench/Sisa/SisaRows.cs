using Lethe.Bench.Results;

namespace Lethe.Bench.Sisa;

/// <summary>Names of the suite's rows, and the short way to add one.</summary>
internal sealed class SisaRows(ResultsFile file, string dataset, string model, ulong seed)
{
    public const string Training = "training";
    public const string DeepObliviate = "deep-obliviate";
    public const string TestAccuracy = "test accuracy";
    public const string VoteAccuracy = "test accuracy, by vote";
    public const string TrainingSamples = "training samples";
    public const string TrainingSeconds = "training seconds";
    public const string Prediction = "prediction, ms for 1,000 records";
    public const string Storage = "run on disk over one model";
    public const string Samples = "samples";
    public const string Seconds = "seconds";
    public const string SampleSpeedUp = "speed-up over its own training, samples";
    public const string SecondSpeedUp = "speed-up over its own training, seconds";

    public static string Sisa(int shards) => $"sisa, {shards} shards";

    public static string Forgetting(int records) => $"{records} scattered";

    public void Add(string scenario, string method, string metric, double value) =>
        file.Add(new ResultRow(dataset, model, scenario, method, seed, metric, value));
}
