namespace Lethe.Verification;

/// <summary>Scores of an attack, target by target: those under models that learned the record, and those under models that never saw it.</summary>
/// <param name="Members">(N)(…) scores under models that learned it, and forgot it or not; higher means more likely a member.</param>
/// <param name="Others">(N)(…) scores under models that never saw it.</param>
public sealed record MembershipScores(IReadOnlyList<double[]> Members, IReadOnlyList<double[]> Others)
{
    /// <summary>Whether every score is a number; it is none where a model gives answers that are not finite. Such scores have no <see cref="Curve"/>.</summary>
    public bool AreNumbers => !Members.Concat(Others).Any(scores => Array.Exists(scores, double.IsNaN));

    /// <summary>The sweep over all thresholds.</summary>
    public RocCurve Curve() => RocCurve.Of([.. Members.SelectMany(scores => scores)], [.. Others.SelectMany(scores => scores)]);

    /// <summary>Balanced accuracy of the attacker who says "member" above a threshold: for likelihood ratios 0.</summary>
    /// <param name="threshold">The threshold.</param>
    public double Accuracy(double threshold) => (Share(Members, score => score > threshold) + Share(Others, score => score <= threshold)) / 2;

    /// <summary>A figure with its interval by bootstrap: targets are drawn with replacement, each with all its scores.</summary>
    /// <param name="figure">The figure of such scores.</param>
    /// <param name="seed">Decides the draws.</param>
    /// <param name="resamples">How many draws.</param>
    public BootstrapInterval Interval(Func<MembershipScores, double> figure, ulong seed, int resamples = BootstrapInterval.DefaultResamples)
    {
        ArgumentNullException.ThrowIfNull(figure);
        double[] targets = [.. Enumerable.Range(0, Members.Count)];
        return BootstrapInterval.OfRecords(targets, drawn => figure(At(Array.ConvertAll(drawn, target => (int)target))), seed, resamples);
    }

    /// <summary>The scores of some targets, in the order given.</summary>
    /// <param name="targets">Places among the targets.</param>
    private MembershipScores At(int[] targets) => new(Array.ConvertAll(targets, target => Members[target]), Array.ConvertAll(targets, target => Others[target]));

    /// <summary>Divides the scores of every shadow model by whether it learned the target.</summary>
    /// <param name="models">(M)(N) scores.</param>
    /// <param name="inside">(M, N) memberships.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static MembershipScores Of(IReadOnlyList<double[]> models, bool[,] inside)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(inside);
        if (models.Count != inside.GetLength(0) || models.Any(scores => scores.Length != inside.GetLength(1)))
            throw new ArgumentException($"Memberships are ({inside.GetLength(0)}, {inside.GetLength(1)}); the scores do not fit.", nameof(models));
        double[][] Side(bool member) =>
        [
            .. Enumerable.Range(0, inside.GetLength(1)).Select(target =>
                Enumerable.Range(0, models.Count).Where(model => inside[model, target] == member).Select(model => models[model][target]).ToArray()),
        ];
        return new MembershipScores(Side(true), Side(false));
    }

    private static double Share(IReadOnlyList<double[]> scores, Func<double, bool> holds)
    {
        long all = 0, held = 0;
        foreach (var ofTarget in scores)
        {
            all += ofTarget.Length;
            held += ofTarget.Count(holds);
        }

        return (double)held / all;
    }
}
