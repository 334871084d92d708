using Lethe.Bench.Results;

namespace Lethe.Bench.Baselines;

/// <summary>Names of the suite's rows, and the short way to add one.</summary>
internal sealed class BaselineRows(ResultsFile file, BaselineScenario scenario, ulong seed)
{
    public const string Original = "original";
    public const string Gold = "gold";
    public const string Floor = "gold/other-seed";

    /// <summary>What follows the names of a SISA run's own original, gold and noise floor.</summary>
    public const string OfSisa = " (sisa)";

    public const string TestAccuracy = "test accuracy";
    public const string KeptTestAccuracy = "test accuracy, kept classes";
    public const string ForgottenTestAccuracy = "test accuracy, forgotten class";
    public const string RetainedAccuracy = "accuracy on D_r";
    public const string ForgottenAccuracy = "accuracy on D_f";
    public const string Agreement = "agreement with gold on test";
    public const string TestDivergence = "Jensen-Shannon divergence from gold on test, nats";
    public const string ForgottenDivergence = "Jensen-Shannon divergence from gold on D_f, nats";
    public const string Membership = "membership attack accuracy";
    public const string NoMus = "NoMUS";
    public const string RelearnBatches = "relearn time, mini-batches";
    public const string Zrf = "ZRF";
    public const string SquareDistance = "parameter distance to gold over gold's norm, L2";
    public const string BytesWritten = "bytes written";
    public const string Distance = "parameter distance to gold over the original's, L1";
    public const string Samples = "samples";
    public const string Seconds = "seconds";
    public const string SampleSpeedUp = "speed-up over gold, samples";
    public const string SecondSpeedUp = "speed-up over gold, seconds";

    public void Add(string method, string metric, double value) =>
        file.Add(new ResultRow(scenario.Dataset, scenario.Recipe.Model, scenario.Name, method, seed, metric, value));
}
