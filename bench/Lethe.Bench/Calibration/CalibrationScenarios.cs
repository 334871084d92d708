using Lethe.Core.Numerics;
using Lethe.Core.Records;
using Lethe.Training.Datasets;
using Lethe.Training.Scenarios;
using Lethe.Training.Training;

namespace Lethe.Bench.Calibration;

/// <summary>The settings of measure.md in which forgetting is visible, at a small size, and one in which it is not.</summary>
internal static class CalibrationScenarios
{
    public const int UnseenRecords = 2000;

    private const string Corrupted = "corrupted labels", Backdoored = "backdoor", LearntByHeart = "overfitted", Ordinary = "one ordinary record";
    private const int Records = 2000;
    private const double WrongShare = 0.15;
    private const int BackdoorRecords = 3000;
    private const int OwnerRecords = 150;
    private const int Writers = 30;
    private const int ForgottenWriters = 3;
    private const ulong DrawStream = 0x43414C49;
    private const ulong TestStream = 0x54455354;
    private const ulong WriterStream = 0x57524954;

    /// <summary>For each scenario what is forgotten, and why it can be seen, or not.</summary>
    public static IReadOnlyList<(string Name, string Text)> Explanations { get; } =
    [
        (Corrupted, FormattableString.Invariant($"{Records:N0} digits, 15 % of the labels are wrong and exactly these {WrongShare * Records:0} records are forgotten; 40 passes.")),
        (Backdoored, FormattableString.Invariant($"{BackdoorRecords:N0} digits, {OwnerRecords} of them an owner's, half of those stamped with a secret trigger and labelled with its class; all of the owner's are forgotten; 20 passes. The trigger's hit rate is a further test.")),
        (LearntByHeart, $"all digits of {Writers} writers, about a hundred each, learnt by heart in 40 passes; those of {ForgottenWriters} writers are forgotten."),
        (Ordinary, FormattableString.Invariant($"{Records:N0} digits, correctly labelled; the one closest to the mean picture of its class is forgotten; 10 passes. Nothing can be seen of a single ordinary digit: every model should be UNVERIFIED.")),
    ];

    /// <summary>The scenarios one after the other; the caller disposes each.</summary>
    /// <param name="train">MNIST's training data with writers.</param>
    /// <param name="test">MNIST's test data.</param>
    /// <param name="seed">Draws records, labels and writers.</param>
    /// <param name="threads">Compute threads.</param>
    public static IEnumerable<Func<CalibrationScenario>> All(TensorDataset train, TensorDataset test, ulong seed, int threads) =>
    [
        () => CorruptedLabels(train, test, seed, threads), () => Backdoor(train, test, seed, threads),
        () => Overfitted(train, test, seed, threads), () => OneEasyRecord(train, test, seed, threads),
    ];

    private static CalibrationScenario CorruptedLabels(TensorDataset train, TensorDataset test, ulong seed, int threads)
    {
        using var part = Draw(train, Records, seed);
        var (data, wrong) = Training.Scenarios.CorruptedLabels.Apply(part, WrongShare, seed);
        return new CalibrationScenario
        {
            Name = Corrupted,
            Data = data,
            Test = Unseen(test, seed),
            Forgotten = wrong,
            Recipe = Recipe(seed, threads, 40),
        };
    }

    private static CalibrationScenario Backdoor(TensorDataset train, TensorDataset test, ulong seed, int threads)
    {
        using var part = Draw(train, BackdoorRecords, seed);
        var owner = BackdoorOwner.Create(part.Manifest, new BackdoorOptions { Count = OwnerRecords, Seed = seed });
        return new CalibrationScenario
        {
            Name = Backdoored,
            Data = owner.Apply(part),
            Test = Unseen(test, seed),
            Forgotten = owner.Records,
            Owner = owner,
            Recipe = Recipe(seed, threads, 20),
        };
    }

    private static CalibrationScenario Overfitted(TensorDataset train, TensorDataset test, ulong seed, int threads)
    {
        SubjectId[] writers = [.. train.Manifest.DistinctSubjects];
        new CounterRandom(seed, WriterStream).Shuffle<SubjectId>(writers);
        var chosen = writers.Take(Writers).ToHashSet();
        var data = train.Select([.. Enumerable.Range(0, train.Count).Where(record => chosen.Contains(train.Manifest.Subjects![record]))]);
        RecordId[] forgotten = [.. writers.Take(ForgottenWriters).SelectMany(data.Manifest.RecordsOf).Order()];
        return new CalibrationScenario
        {
            Name = LearntByHeart,
            Data = data,
            Test = Unseen(test, seed),
            Forgotten = forgotten,
            Recipe = Recipe(seed, threads, 40),
        };
    }

    private static CalibrationScenario OneEasyRecord(TensorDataset train, TensorDataset test, ulong seed, int threads)
    {
        var data = Draw(train, Records, seed);
        return new CalibrationScenario
        {
            Name = Ordinary,
            Data = data,
            Test = Unseen(test, seed),
            Forgotten = [new RecordId(MostOrdinary(data))],
            HasPower = false,
            Recipe = Recipe(seed, threads, 10),
        };
    }

    private static int MostOrdinary(TensorDataset data)
    {
        var samples = data.Samples.bytes();
        var size = samples.Length / data.Count;
        var means = new double[data.Manifest.ClassCount, size];
        var counts = data.Manifest.Labels.CountBy(static label => label).ToDictionary();
        for (var i = 0; i < samples.Length; i++)
        {
            var label = data.Manifest.Labels[i / size];
            means[label, i % size] += (double)samples[i] / counts[label];
        }

        double Distance(int record) => Enumerable.Range(0, size).Sum(pixel => Math.Pow(samples[record * size + pixel] - means[data.Manifest.Labels[record], pixel], 2));
        return Enumerable.Range(0, data.Count).MinBy(Distance);
    }

    private static Recipe Recipe(ulong seed, int threads, int passes) => new()
    {
        Scheme = TrainingScheme.Plain,
        Model = "mlp",
        ModelOptions = new Dictionary<string, string> { ["hidden"] = "128" },
        Blocks = 1,
        EpochsPerBlock = passes,
        BatchSize = 50,
        LearningRate = 0.1,
        Momentum = 0.9,
        WeightDecay = 0,
        Schedule = ScheduleKind.Cosine,
        Seed = CounterRandom.DeriveSeed(seed, DrawStream),
        Threads = threads,
    };

    private static TensorDataset Draw(TensorDataset all, int count, ulong seed) => all.Select(Drawn(all.Count, count, seed, DrawStream));

    private static TensorDataset Unseen(TensorDataset test, ulong seed) => test.Select(Drawn(test.Count, UnseenRecords, seed, TestStream));

    private static int[] Drawn(int all, int count, ulong seed, ulong stream)
    {
        int[] records = [.. Enumerable.Range(0, all)];
        new CounterRandom(seed, stream).Shuffle<int>(records);
        return [.. records.Take(count)];
    }
}
