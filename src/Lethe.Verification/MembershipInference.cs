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

    /// <summary>Runs the attack. NaN figures when either side has fewer than <see cref="Folds"/> records.</summary>
    /// <param name="members">Losses of the forgotten records.</param>
    /// <param name="unseen">Losses of records that no model has seen, of the same distribution.</param>
    /// <param name="seed">Decides which records of the larger side are drawn, and the folds.</param>
    public static MembershipInference Attack(ReadOnlySpan<float> members, ReadOnlySpan<float> unseen, ulong seed)
    {
        var side = Math.Min(members.Length, unseen.Length);
        if (side < Folds) return new MembershipInference(double.NaN, double.NaN, 0);
        var inside = Draw(members, side, new CounterRandom(seed, 0));
        var outside = Draw(unseen, side, new CounterRandom(seed, 1));

        var total = 0.0;
        for (var fold = 0; fold < Folds; fold++) total += FoldAccuracy(inside, outside, fold);
        var accuracy = total / Folds;
        return new MembershipInference(accuracy, Math.Sqrt(accuracy * (1 - accuracy) / (2 * side)), 2 * side);
    }

    private static double FoldAccuracy(double[] inside, double[] outside, int fold)
    {
        var training = inside.Length - (inside.Length - fold + Folds - 1) / Folds;
        var feature = new double[2 * training];
        var positive = new bool[2 * training];
        for (int i = 0, n = 0; i < inside.Length; i++)
        {
            if (i % Folds == fold) continue;
            (feature[n], positive[n]) = (inside[i], true);
            (feature[n + 1], positive[n + 1]) = (outside[i], false);
            n += 2;
        }
        var model = LogisticRegression.Fit(feature, positive);
        int hits = 0, tested = 0;
        for (var i = fold; i < inside.Length; i += Folds, tested += 2)
        {
            if (model.Predict(inside[i])) hits++;
            if (!model.Predict(outside[i])) hits++;
        }
        return (double)hits / tested;
    }

    private static double[] Draw(ReadOnlySpan<float> losses, int count, CounterRandom random)
    {
        var shuffled = losses.ToArray();
        random.Shuffle<float>(shuffled);
        return Array.ConvertAll(shuffled[..count], x => float.IsFinite(x) ? (double)x : float.MaxValue);
    }
}
