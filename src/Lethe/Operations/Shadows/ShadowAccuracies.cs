namespace Lethe.Operations;

/// <summary>Mean accuracies of models on what they should still know.</summary>
/// <param name="Retained">On retained records, in [0, 1].</param>
/// <param name="Unseen">On unseen records, in [0, 1]; null without any.</param>
internal sealed record ShadowAccuracy(double Retained, double? Unseen);

/// <summary>Counts right answers among logits.</summary>
/// <param name="labels">Of the training records.</param>
/// <param name="unseenLabels">Of the unseen records; may be empty.</param>
/// <param name="forgotten">Training records that do not count.</param>
internal sealed class ShadowAccuracies(IReadOnlyList<int> labels, IReadOnlyList<int> unseenLabels, IEnumerable<int> forgotten)
{
    private readonly int[] _retained = [.. Enumerable.Range(0, labels.Count).Except(forgotten)];
    private readonly int[] _unseen = [.. Enumerable.Range(0, unseenLabels.Count)];

    /// <param name="models">What the models say.</param>
    public ShadowAccuracy Of(IReadOnlyList<ShadowLogits> models) => new(
        models.Average(model => Share(model.Training, labels, _retained)), _unseen.Length == 0 ? null : models.Average(model => Share(model.Unseen!, unseenLabels, _unseen)));

    private static double Share(float[,] logits, IReadOnlyList<int> labels, int[] records)
    {
        int right = 0;
        foreach (int record in records)
        {
            int best = 0;
            for (int c = 1; c < logits.GetLength(1); c++) if (logits[record, c] > logits[record, best]) best = c;
            if (best == labels[record]) right++;
        }

        return (double)right / records.Length;
    }
}
