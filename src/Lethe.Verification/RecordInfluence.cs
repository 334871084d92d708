using Lethe.Core.Numerics;

namespace Lethe.Verification;

/// <summary>
/// What training on a record did to the model's loss on that very record, mean loss of gold − loss of the original (Feldman's memorisation, on
/// losses), and which share of it a candidate took back. Losses are in nats.
/// </summary>
/// <param name="Records">One entry a forgotten record, in their order.</param>
/// <param name="MeanInfluence">Mean influence in nats; about 0: the records were never remembered.</param>
/// <param name="Removed">Mean (candidate's loss − original's loss) over the mean influence: 1 as gold, 0 nothing, above 1 over-forgotten; NaN without power.</param>
/// <param name="Remembered">How many records the original remembers: influence above Student's one-sided 97.5 % limit for one more gold model.</param>
/// <param name="Power">Whether the mean loss of the original can be told from gold's.</param>
public sealed record RecordInfluence(IReadOnlyList<RecordInfluencePoint> Records, double MeanInfluence, double Removed, int Remembered, Power Power)
{
    /// <summary>Compares losses of the same forgotten records in the same order.</summary>
    /// <param name="original">(N) losses of the model before forgetting.</param>
    /// <param name="candidate">(N) losses of the model after.</param>
    /// <param name="golds">(N) losses of each gold model, at least two models.</param>
    /// <exception cref="ArgumentException">There is no record, there are fewer than two gold models, or the lengths differ.</exception>
    public static RecordInfluence Of(ReadOnlySpan<float> original, ReadOnlySpan<float> candidate, IReadOnlyList<float[]> golds)
    {
        ArgumentNullException.ThrowIfNull(golds);
        if (golds.Count < 2) throw new ArgumentException($"Two gold models are needed at least; there are {golds.Count}.", nameof(golds));
        if (original.IsEmpty) throw new ArgumentException("There are no records.", nameof(original));
        ClassAccuracy.RequireSameLength(original.Length, candidate.Length);
        foreach (var gold in golds) ClassAccuracy.RequireSameLength(original.Length, gold.Length);
        var records = new RecordInfluencePoint[original.Length];
        var losses = new double[golds.Count];
        for (var record = 0; record < records.Length; record++)
        {
            for (var gold = 0; gold < losses.Length; gold++) losses[gold] = golds[gold][record];
            var influence = Statistics.Mean(losses) - original[record];
            records[record] = new RecordInfluencePoint(
                influence, candidate[record] - (double)original[record], influence > Power.HalfWidth(losses, Power.Alpha));
        }
        double mean = records.Average(record => record.Influence), before = Mean(original);
        var power = Power.AgainstGolds(before, [.. golds.Select(gold => Mean(gold))]);
        return new RecordInfluence(
            records, mean, power.HasPower ? records.Average(record => record.Change) / mean : double.NaN, records.Count(record => record.Remembered), power);
    }

    /// <summary>The share of the influence that was taken back, as a measurement.</summary>
    public Measurement Measure() => new("share of the influence on the records' own loss that was removed", Subjects.Unlearned, Removed, "1: as gold", Directions.EqualToGold);

    private static double Mean(ReadOnlySpan<float> losses)
    {
        var sum = 0.0;
        foreach (var loss in losses) sum += loss;
        return sum / losses.Length;
    }
}

/// <summary>One record of a <see cref="RecordInfluence"/>.</summary>
/// <param name="Influence">Mean loss of gold − loss of the original; positive means the original had learned the record.</param>
/// <param name="Change">Loss of the candidate − loss of the original.</param>
/// <param name="Remembered">Whether the influence exceeds what another training seed does.</param>
public sealed record RecordInfluencePoint(double Influence, double Change, bool Remembered);
