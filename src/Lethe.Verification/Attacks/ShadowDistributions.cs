namespace Lethe.Verification;

/// <summary>
/// The confidences φ of records over shadow models, divided as <see cref="EpsilonForgetting"/> and <see cref="Klom"/> need them: what models that
/// learned a record say before and after they forgot it, beside what models say that never saw it. Of the latter one half is the reference of all,
/// and the other half its noise floor, so that every comparison has the same number of models a side. What stands before forgetting is compared
/// with what stands before it, and after with after: a method that moves all models alike must not look like memory.
/// </summary>
/// <param name="Original">(n, N) under models that learned the record, before they forget.</param>
/// <param name="OriginalFloor">(n, N) under models that never saw it, before they forget others.</param>
/// <param name="OriginalReference">(n, N) under other models that never saw it, before they forget others.</param>
/// <param name="Unlearned">(n, N) under the models of <paramref name="Original"/> after they forgot it.</param>
/// <param name="Floor">(n, N) under the models of <paramref name="OriginalFloor"/> after they forgot others.</param>
/// <param name="Reference">(n, N) under the models of <paramref name="OriginalReference"/> after they forgot others.</param>
public sealed record ShadowDistributions(
    double[,] Original, double[,] OriginalFloor, double[,] OriginalReference, double[,] Unlearned, double[,] Floor, double[,] Reference)
{
    /// <summary>Fewest models a side.</summary>
    public const int LeastModels = 3;

    /// <summary>Models a side, n.</summary>
    public int Models => Reference.GetLength(0);

    /// <summary>Divides shadow models. Of those that never saw a record the first n are the floor and the next n the reference; of those that learned it the first n count.</summary>
    /// <param name="before">(M, N) φ of N records under M models, before they forgot what they had learned of them.</param>
    /// <param name="after">(M, N) φ after it.</param>
    /// <param name="inside">(M, N) whether the model learned (and forgot) the record.</param>
    /// <returns>Null with fewer than <see cref="LeastModels"/> a side, without records, or where a confidence is no finite number.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static ShadowDistributions? Of(double[,] before, double[,] after, bool[,] inside)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(inside);
        int models = inside.GetLength(0), records = inside.GetLength(1);
        foreach (var answers in new[] { before, after })
        {
            if (answers.GetLength(0) != models || answers.GetLength(1) != records)
                throw new ArgumentException($"Confidences are ({answers.GetLength(0)}, {answers.GetLength(1)}), memberships ({models}, {records}).", nameof(inside));
            if (!answers.Cast<double>().All(double.IsFinite)) return null;
        }

        int[][] learned = Sides(true), never = Sides(false);
        var side = records == 0 ? 0 : Enumerable.Range(0, records).Min(record => Math.Min(learned[record].Length, never[record].Length / 2));
        return side < LeastModels
            ? null
            : new ShadowDistributions(
                Pick(before, learned, 0), Pick(before, never, 0), Pick(before, never, side), Pick(after, learned, 0), Pick(after, never, 0), Pick(after, never, side));

        int[][] Sides(bool member) => [.. Enumerable.Range(0, records).Select(record => Enumerable.Range(0, models).Where(model => inside[model, record] == member).ToArray())];

        double[,] Pick(double[,] answers, int[][] sides, int first)
        {
            var picked = new double[side, records];
            for (var i = 0; i < side; i++)
                for (var record = 0; record < records; record++) picked[i, record] = answers[sides[record][first + i], record];
            return picked;
        }
    }
}
