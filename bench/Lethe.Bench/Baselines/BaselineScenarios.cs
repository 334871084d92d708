using Lethe.Core.Numerics;
using Lethe.Core.Partitions;
using Lethe.Core.Records;
using Lethe.Training.Datasets;
using Lethe.Training.Scenarios;

namespace Lethe.Bench.Baselines;

/// <summary>The two scenarios of the suite.</summary>
internal static class BaselineScenarios
{
    private const string WrongLabelled = "wrong labels", WholeClass = "one class";
    private const ulong WrongStream = 0x57524F4E47;

    /// <summary>For each scenario what is forgotten, and why it can be seen.</summary>
    public static IReadOnlyDictionary<string, string> Explanations { get; } = new Dictionary<string, string>
    {
        [WrongLabelled] = FormattableString.Invariant(
            $"{BaselineSettings.MnistRecords:N0} digits in {BaselineSettings.Blocks} blocks, {BaselineSettings.MnistEpochs} epochs a block; 20 % of the labels in the last {BaselineSettings.WrongBlocks} blocks are wrong ({BaselineSettings.WrongRecords}), and exactly these records are forgotten. ")
            + "D_f accuracy is the share of wrong labels that are predicted: the original has learnt them, gold has never seen them. "
            + "The membership attack compares them with unseen digits that were mislabelled in the same way.",
        [WholeClass] = FormattableString.Invariant(
            $"{BaselineSettings.CifarClasses * BaselineSettings.CifarRecordsOfClass:N0} pictures, {BaselineSettings.CifarRecordsOfClass} of each class, in {BaselineSettings.Blocks} blocks, {BaselineSettings.CifarEpochs} epochs a block; the class '{BaselineSettings.ForgottenClassName}' is forgotten. ")
            + "Test accuracy is split into the forgotten class and the kept ones; the membership attack compares the class's training pictures with its test pictures.",
    };

    /// <summary>Wrong labels in the last blocks; exactly the wrongly labelled records are forgotten.</summary>
    /// <param name="train">MNIST's training data.</param>
    /// <param name="test">MNIST's test data.</param>
    /// <param name="seed">Training seed, which also draws records and labels.</param>
    /// <param name="threads">Compute threads.</param>
    public static BaselineScenario WrongLabels(TensorDataset train, TensorDataset test, ulong seed, int threads)
    {
        using var part = train.Select([.. Enumerable.Range(0, BaselineSettings.MnistRecords)]);
        var partition = Partition.Create(part.Manifest, BaselineSettings.Partition(seed));
        var wrong = new List<RecordId>();
        for (var block = partition.BlockCount - BaselineSettings.WrongBlocks + 1; block <= partition.BlockCount; block++)
        {
            var records = partition.Block(block).ToArray();
            new CounterRandom(seed, WrongStream, (ulong)block).Shuffle<int>(records);
            wrong.AddRange(records.Take((int)(BaselineSettings.WrongShare * records.Length)).Select(static record => new RecordId(record)));
        }

        var (data, forgotten) = CorruptedLabels.Apply(part, wrong, seed);
        using var unseen = test.Select([.. Enumerable.Range(0, forgotten.Count)]);
        return new BaselineScenario
        {
            Name = WrongLabelled,
            Dataset = "MNIST",
            Data = data,
            Test = test.Select([.. Enumerable.Range(0, test.Count)]),
            Unseen = CorruptedLabels.Apply(unseen, 1, seed).Dataset,
            Forgotten = forgotten,
            Recipe = BaselineSettings.Recipe(seed, threads, BaselineSettings.MnistEpochs, rate: 0.1),
            Partition = partition,
        };
    }

    /// <summary>One class of CIFAR-10 goes as a whole.</summary>
    /// <param name="train">CIFAR-10's training data, by class.</param>
    /// <param name="test">CIFAR-10's test data, by class.</param>
    /// <param name="seed">Training seed.</param>
    /// <param name="threads">Compute threads.</param>
    public static BaselineScenario OneClass(TensorDataset train, TensorDataset test, ulong seed, int threads)
    {
        var data = train.Select(FirstOfEachClass(train.Manifest, BaselineSettings.CifarRecordsOfClass));
        var shown = test.Select(FirstOfEachClass(test.Manifest, BaselineSettings.CifarTestRecordsOfClass));
        return new BaselineScenario
        {
            Name = WholeClass,
            Dataset = "CIFAR-10 (JPEG)",
            Data = data,
            Test = shown,
            Unseen = shown.Select(Of(shown.Manifest, BaselineSettings.ForgottenClass)),
            Forgotten = [.. Of(data.Manifest, BaselineSettings.ForgottenClass).Select(static record => new RecordId(record))],
            Classes = new HashSet<int> { BaselineSettings.ForgottenClass },
            Recipe = BaselineSettings.Recipe(seed, threads, BaselineSettings.CifarEpochs, rate: 0.05),
            Partition = Partition.Create(data.Manifest, BaselineSettings.Partition(seed)),
        };
    }

    private static int[] Of(DatasetManifest manifest, int label) => [.. Enumerable.Range(0, manifest.Count).Where(record => manifest.Labels[record] == label)];

    private static int[] FirstOfEachClass(DatasetManifest manifest, int most) =>
        [.. Enumerable.Range(0, manifest.ClassCount).SelectMany(label => Of(manifest, label).Take(most)).Order()];
}
