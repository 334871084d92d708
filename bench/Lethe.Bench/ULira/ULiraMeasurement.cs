using Lethe.Bench.Aru;
using Lethe.Core.Numerics;
using Lethe.Operations;
using Lethe.Verification;

namespace Lethe.Bench.ULira;

/// <summary>Attacks the models of a scheme: before they forget, after each method, and gold models.</summary>
internal sealed class ULiraMeasurement(ULiraRows rows, ULiraModels models, AruScenario scenario, int[] targets)
{
    private const ulong PopulationStream = 0x504F50;

    public void Measure(ULiraScheme scheme)
    {
        var before = Attack(null);
        Shadows(ULiraRows.Original, null, before);
        Golds(before);
        foreach (var (label, method) in scheme.Methods) Shadows(label, method, Attack(method));
    }

    private ShadowAttack Attack(ShadowMethod? method) => new(
        [.. models.Shadows.Select(job => models.Read(job, method))], models.Shadows, targets, scenario.Data.Manifest.Labels, scenario.Unseen.Manifest.Labels);

    private void Shadows(string row, ShadowMethod? method, ShadowAttack attack)
    {
        rows.Add(row, ULiraRows.ULira, attack.Shadows, threshold: 0);
        rows.Add(row, ULiraRows.Rmia, attack.Population!, threshold: null);
        Describe(row, [.. models.Shadows.Select(job => (models.Read(job, method), (IReadOnlyList<int>)job.Forgotten))]);
    }

    /// <summary>Gold is attacked as the original is.</summary>
    private void Golds(ShadowAttack attack)
    {
        ShadowLogits[] golds = [.. models.Golds.Select(job => models.Read(job))];
        rows.Add(ULiraRows.Gold, ULiraRows.ULira, attack.ULiraOn(golds), threshold: 0);
        rows.Add(ULiraRows.Gold, ULiraRows.Rmia, attack.RmiaOn(golds)!, threshold: null);
        Describe(ULiraRows.Gold, [.. golds.Select(gold => (gold, (IReadOnlyList<int>)targets))]);
    }

    /// <summary>What needs no shadow models: accuracies, and the attack by one threshold for all records, forgotten against unseen ones.</summary>
    private void Describe(string row, IReadOnlyList<(ShadowLogits Answers, IReadOnlyList<int> Forgotten)> told)
    {
        var labels = scenario.Data.Manifest.Labels;
        rows.Add(row, ULiraRows.Models, told.Count);
        rows.Add(row, ULiraRows.TestAccuracy, [.. told.Select(model => Accuracy(model.Answers.Unseen!, scenario.Test.Manifest.Labels, [.. Enumerable.Range(0, scenario.Test.Count)]))]);
        rows.Add(row, ULiraRows.ForgottenAccuracy, [.. told.Select(model => Accuracy(model.Answers.Training, labels, model.Forgotten))]);
        rows.Add(row, ULiraRows.Population + ULiraRows.Accuracy,
        [
            .. told.Select((model, i) => MembershipInference.Attack(
                Losses(model.Answers.Training, labels, model.Forgotten),
                Losses(model.Answers.Unseen!, scenario.Unseen.Manifest.Labels, [.. Enumerable.Range(0, scenario.Unseen.Count)]),
                CounterRandom.DeriveSeed(scenario.Recipe.Seed, PopulationStream, (ulong)i)).Accuracy),
        ]);
    }

    private static double Accuracy(float[,] logits, IReadOnlyList<int> labels, IReadOnlyList<int> records) => records.Average(record =>
    {
        int best = 0;
        for (int c = 1; c < logits.GetLength(1); c++) if (logits[record, c] > logits[record, best]) best = c;
        return best == labels[record] ? 1.0 : 0;
    });

    private static float[] Losses(float[,] logits, IReadOnlyList<int> labels, IReadOnlyList<int> records) =>
    [
        .. records.Select(record =>
        {
            double largest = double.NegativeInfinity, sum = 0;
            for (int c = 0; c < logits.GetLength(1); c++) largest = Math.Max(largest, logits[record, c]);
            for (int c = 0; c < logits.GetLength(1); c++) sum += Math.Exp(logits[record, c] - largest);
            return (float)(Math.Log(sum) + largest - logits[record, labels[record]]);
        }),
    ];
}
