using Lethe.Core.Numerics;

namespace Lethe.Verification;

/// <summary>
/// The simple membership attack of the MUFAC benchmark (arXiv 2311.02240): logistic regression on the per-record loss, stratified k-fold,
/// forgotten records against as many unseen ones.
/// </summary>
/// <param name="Accuracy">Mean share of records attributed rightly, over the folds; 0.5 is chance.</param>
/// <param name="StandardError">Standard error of that mean, √(p(1−p)/n) over all n attributed records.</param>
/// <param name="Records">How many records were attributed (both classes together, balanced).</param>
public sealed record MembershipInference(double Accuracy, double StandardError, int Records)
{
    /// <summary>Number of folds.</summary>
    public const int Folds = 5;

    /// <summary>|accuracy − 0.5|: the forgetting score; 0 is best only where gold has 0 too.</summary>
    public double ForgettingScore => Math.Abs(Accuracy - 0.5);

    /// <summary>Number of random splits of the benchmark's variant.</summary>
    public const int Splits = 10;

    private const int SplitPart = 10;

    /// <summary>Runs the attack, k-fold. NaN figures when either side has fewer than <see cref="Folds"/> records.</summary>
    /// <param name="members">Losses of the forgotten records.</param>
    /// <param name="unseen">Losses of records that no model has seen, of the same distribution.</param>
    /// <param name="seed">Decides which records of the larger side are drawn, and the folds.</param>
    public static MembershipInference Attack(ReadOnlySpan<float> members, ReadOnlySpan<float> unseen, ulong seed) =>
        Average(members, unseen, seed, Folds, Folds, static (side, fold) => [.. Enumerable.Range(0, side).Select(i => i % Folds == fold)]);

    /// <summary>
    /// Runs the attack as the benchmark's code does: <see cref="Splits"/> random splits that keep the classes balanced, a tenth of each class
    /// (rounded up) attributed. NaN figures when either side has fewer than two records.
    /// </summary>
    /// <inheritdoc cref="Attack"/>
    public static MembershipInference AttackBySplits(ReadOnlySpan<float> members, ReadOnlySpan<float> unseen, ulong seed) =>
        Average(members, unseen, seed, least: 2, Splits, (side, split) => Tenth(side, CounterRandom.DeriveSeed(seed, 2, (ulong)split)));

    private static MembershipInference Average(
        ReadOnlySpan<float> members, ReadOnlySpan<float> unseen, ulong seed, int least, int repeats, Func<int, int, bool[]> tested)
    {
        var side = Math.Min(members.Length, unseen.Length);
        if (side < least) return new MembershipInference(double.NaN, double.NaN, 0);
        var inside = Draw(members, side, new CounterRandom(seed, 0));
        var outside = Draw(unseen, side, new CounterRandom(seed, 1));
        var accuracy = Enumerable.Range(0, repeats).Average(repeat => Attributed(inside, outside, tested(side, repeat)));
        return new MembershipInference(accuracy, Math.Sqrt(accuracy * (1 - accuracy) / (2 * side)), 2 * side);
    }

    private static bool[] Tenth(int side, ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, side)];
        new CounterRandom(seed).Shuffle<int>(order);
        var tested = new bool[side];
        foreach (var record in order.Take((side + SplitPart - 1) / SplitPart)) tested[record] = true;
        return tested;
    }

    /// <summary>Share of the tested records of both classes that a model fitted to the others attributes rightly.</summary>
    private static double Attributed(double[] inside, double[] outside, bool[] tested)
    {
        var training = tested.Count(test => !test);
        var feature = new double[2 * training];
        var positive = new bool[2 * training];
        for (int i = 0, n = 0; i < inside.Length; i++)
        {
            if (tested[i]) continue;
            (feature[n], positive[n]) = (inside[i], true);
            (feature[n + 1], positive[n + 1]) = (outside[i], false);
            n += 2;
        }
        var model = LogisticRegression.Fit(feature, positive);
        var hits = 0;
        for (var i = 0; i < inside.Length; i++)
        {
            if (!tested[i]) continue;
            if (model.Predict(inside[i])) hits++;
            if (!model.Predict(outside[i])) hits++;
        }
        return (double)hits / (2 * (inside.Length - training));
    }

    private static double[] Draw(ReadOnlySpan<float> losses, int count, CounterRandom random)
    {
        var shuffled = losses.ToArray();
        random.Shuffle<float>(shuffled);
        return Array.ConvertAll(shuffled[..count], x => float.IsFinite(x) ? (double)x : float.MaxValue);
    }
}
