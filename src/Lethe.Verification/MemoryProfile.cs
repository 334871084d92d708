using Lethe.Core.Partitions;
using MathNet.Numerics.Distributions;

namespace Lethe.Verification;

/// <summary>
/// What a block-sequential run still remembers of each block: how well an attack on the loss tells the block's own records from unseen ones,
/// against the block's age. Where it is at chance there is nothing to forget, whatever the method.
/// </summary>
/// <param name="Points">One point a block, block 1 first.</param>
/// <param name="UnseenLoss">Mean loss of unseen (test) records.</param>
/// <param name="Alpha">Level of <paramref name="NothingLeftFrom"/>.</param>
/// <param name="NothingLeftFrom">
/// The age from which on no memory can be shown: hypotheses "no block of age ≥ a is remembered" are tested for a = 0, 1, 2 … until one
/// stands, so that all of them together err with probability at most <paramref name="Alpha"/>. Null where even the oldest block is remembered, or nothing could be tested.
/// </param>
/// <param name="DetectableAuc">The AUC of all blocks from that age on that would have been found in four of five cases; NaN where there are none.</param>
public sealed record MemoryProfile(
    IReadOnlyList<MemoryPoint> Points, double UnseenLoss, double Alpha, int? NothingLeftFrom, double DetectableAuc)
{
    /// <summary>The level where a caller names none.</summary>
    public const double DefaultAlpha = 0.05;

    private const double DetectionRate = 0.8;

    /// <summary>Builds the profile from the losses of all records.</summary>
    /// <param name="partition">Which record lies in which block.</param>
    /// <param name="losses">(N) loss of every training record under the final model.</param>
    /// <param name="unseen">Losses of unseen records of the same distribution.</param>
    /// <param name="deleted">Records that were forgotten before; they are left out.</param>
    /// <param name="alpha">Strictly between 0 and 1.</param>
    /// <exception cref="ArgumentException"><paramref name="losses"/> does not hold one value a record, or a loss is no number.</exception>
    public static MemoryProfile Of(
        Partition partition, ReadOnlySpan<float> losses, ReadOnlySpan<float> unseen, IReadOnlySet<int> deleted, double alpha = DefaultAlpha)
    {
        ArgumentNullException.ThrowIfNull(partition);
        ArgumentNullException.ThrowIfNull(deleted);
        if (losses.Length != partition.Count) throw new ArgumentException($"{partition.Count} losses are needed, one a record; got {losses.Length}.");
        var blocks = new List<float[]>();
        for (var block = 1; block <= partition.BlockCount; block++)
        {
            var own = new List<float>();
            foreach (var record in partition.Block(block)) if (!deleted.Contains(record)) own.Add(losses[record]);
            blocks.Add([.. own]);
        }
        return Of(blocks, unseen, alpha);
    }

    /// <summary>Builds the profile from a sample of each block.</summary>
    /// <param name="blocks">Losses of records of block 1, 2 …; a block may have none.</param>
    /// <param name="unseen">Losses of unseen records of the same distribution.</param>
    /// <param name="alpha">Strictly between 0 and 1.</param>
    /// <exception cref="ArgumentException">A loss is no number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level lies outside its range.</exception>
    public static MemoryProfile Of(IReadOnlyList<float[]> blocks, ReadOnlySpan<float> unseen, double alpha = DefaultAlpha)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        if (!(alpha > 0 && alpha < 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "A level lies strictly between 0 and 1.");
        var others = Sorted(unseen);
        var unseenLoss = Mean(others);
        var points = new MemoryPoint[blocks.Count];
        for (var i = 0; i < points.Length; i++)
        {
            var own = Sorted(blocks[i]);
            var (loss, auc) = (Mean(own), Placement(own, others));
            points[i] = new MemoryPoint(i + 1, blocks.Count - 1 - i, own.Length, loss, unseenLoss - loss, auc, PValue(auc, own.Length, others.Length), double.NaN);
        }
        var age = points.All(point => double.IsNaN(point.PValue)) ? null : FirstAge(points, others.Length, alpha);
        var old = age is { } from ? points.Take(points.Length - from).Sum(point => point.Records) : 0;
        var together = age is { } first ? points.Length - first : 1;
        return new MemoryProfile(
            [.. points.Select(point => point with { ChanceAuc = double.IsNaN(point.Auc) ? double.NaN : 0.5 + Normal.InvCDF(0, 1, 1 - alpha / (2 * together)) * ChanceError(point.Records, others.Length) })],
            unseenLoss, alpha, age, Detectable(old, others.Length, alpha));
    }

    /// <summary>Whether the attack sees memory at all: without power for the youngest blocks, silence about old ones means nothing.</summary>
    public Power Power => Points.Where(point => !double.IsNaN(point.Auc)).MaxBy(point => point.Auc) is not { } strongest
        ? Power.None("No block could be attacked: unseen records or records of the blocks are missing.")
        : new Power(strongest.Auc - 0.5, double.IsNaN(DetectableAuc) ? 0 : DetectableAuc - 0.5, NothingLeftFrom != 0, NothingLeftFrom != 0
            ? FormattableString.Invariant($"The attack tells block {strongest.Block} from unseen records (AUC {strongest.Auc:0.###}).")
            : FormattableString.Invariant($"The attack tells no block from unseen records, not even the youngest (best AUC {strongest.Auc:0.###})."));

    /// <summary>The smallest age a for which "no block of age ≥ a is remembered" stands; null where none stands.</summary>
    private static int? FirstAge(MemoryPoint[] points, int others, double alpha)
    {
        int? first = null;
        var (wins, records, smallest) = (0.0, 0, 1.0);
        var stands = new bool[points.Length];
        for (var i = 0; i < points.Length; i++)
        {
            if (!double.IsNaN(points[i].Auc))
            {
                (wins, records) = (wins + points[i].Auc * points[i].Records, records + points[i].Records);
                smallest = Math.Min(smallest, points[i].PValue);
            }
            var pooled = PValue(wins / records, records, others);
            stands[i] = double.IsNaN(pooled) || 2 * Math.Min(pooled, (i + 1) * smallest) > alpha;
        }
        for (var i = points.Length - 1; i >= 0 && first is null; i--)
            if (stands[i]) first = points[i].Age;
        return first;
    }

    /// <summary>AUC of "members have smaller losses": mean share of unseen records with a larger loss, equal ones count one half.</summary>
    private static double Placement(float[] own, float[] others)
    {
        if (own.Length < 2 || others.Length < 2) return double.NaN;
        long halfWins = 0;
        int smaller = 0, upTo = 0;
        foreach (var loss in own)
        {
            while (smaller < others.Length && others[smaller] < loss) smaller++;
            while (upTo < others.Length && others[upTo] <= loss) upTo++;
            halfWins += 2L * (others.Length - upTo) + (upTo - smaller);
        }
        return halfWins / (2.0 * own.Length * others.Length);
    }

    /// <summary>One-sided p of chance (Mann–Whitney, normal approximation).</summary>
    private static double PValue(double auc, int own, int others) =>
        double.IsNaN(auc) ? double.NaN : Normal.CDF(0, 1, -(auc - 0.5) / ChanceError(own, others));

    /// <summary>Standard error of the AUC where both sides have one distribution; ties make it smaller, so that the test is on the safe side.</summary>
    private static double ChanceError(int own, int others) => Math.Sqrt((own + others + 1) / (12.0 * own * others));

    private static double Detectable(int own, int others, double alpha) => own < 2 || others < 2
        ? double.NaN
        : 0.5 + (Normal.InvCDF(0, 1, 1 - alpha / 2) + Normal.InvCDF(0, 1, DetectionRate)) * ChanceError(own, others);

    private static double Mean(float[] losses) => losses.Length == 0 ? double.NaN : losses.Average(loss => (double)loss);

    private static float[] Sorted(ReadOnlySpan<float> losses)
    {
        var sorted = losses.ToArray();
        if (Array.Exists(sorted, float.IsNaN)) throw new ArgumentException("A loss is not a number.", nameof(losses));
        Array.Sort(sorted);
        return sorted;
    }
}

/// <summary>One block of a <see cref="MemoryProfile"/>.</summary>
/// <param name="Block">Number of the block, 1 … B.</param>
/// <param name="Age">How many blocks were trained after it.</param>
/// <param name="Records">How many of its retained records were asked.</param>
/// <param name="Loss">Their mean loss; NaN without records.</param>
/// <param name="Gap">Mean loss of unseen records minus <paramref name="Loss"/>: positive means remembered.</param>
/// <param name="Auc">AUC of the attack on the loss, its records against unseen ones; 0.5 is chance, NaN with fewer than two of either.</param>
/// <param name="PValue">One-sided p of chance, for this block alone; NaN where there is no AUC.</param>
/// <param name="ChanceAuc">
/// The largest AUC that chance explains for one block, at the level of the test that stood (of the last one, where none did): no block from
/// <see cref="MemoryProfile.NothingLeftFrom"/> on exceeds its own. NaN where there is no AUC.
/// </param>
public sealed record MemoryPoint(int Block, int Age, int Records, double Loss, double Gap, double Auc, double PValue, double ChanceAuc);
