using Lethe.Core.Numerics;
using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>Scores of an attack, target by target: those under models that learned the record, and those under models that never saw it.</summary>
/// <param name="Members">(N)(…) scores under models that learned it, and forgot it or not; higher means more likely a member.</param>
/// <param name="Others">(N)(…) scores under models that never saw it.</param>
public sealed record MembershipScores(IReadOnlyList<double[]> Members, IReadOnlyList<double[]> Others)
{
    private const int Resamples = 200;
    private const double Tail = 0.025;

    /// <summary>The sweep over all thresholds.</summary>
    public RocCurve Curve() => RocCurve.Of([.. Members.SelectMany(scores => scores)], [.. Others.SelectMany(scores => scores)]);

    /// <summary>Balanced accuracy of the attacker who says "member" above a threshold: for likelihood ratios 0.</summary>
    /// <param name="threshold">The threshold.</param>
    public double Accuracy(double threshold) =>
        (Members.SelectMany(scores => scores).Average(score => score > threshold ? 1.0 : 0) + Others.SelectMany(scores => scores).Average(score => score <= threshold ? 1.0 : 0)) / 2;

    /// <summary>A 95 % interval of a figure by bootstrap: targets are drawn with replacement, each with all its scores.</summary>
    /// <param name="figure">The figure of such scores.</param>
    /// <param name="seed">Decides the draws.</param>
    public (double Low, double High) Interval(Func<MembershipScores, double> figure, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var figures = new double[Resamples];
        for (int draw = 0; draw < figures.Length; draw++)
        {
            var random = new CounterRandom(seed, (ulong)draw);
            int[] chosen = [.. Enumerable.Range(0, Members.Count).Select(_ => random.NextInt32(Members.Count))];
            figures[draw] = figure(new MembershipScores([.. chosen.Select(i => Members[i])], [.. chosen.Select(i => Others[i])]));
        }

        Array.Sort(figures);
        return (figures[(int)(Tail * Resamples)], figures[(int)((1 - Tail) * Resamples) - 1]);
    }

    /// <summary>Divides the scores of every shadow model by whether it learned the target.</summary>
    /// <param name="models">(M)(N) scores.</param>
    /// <param name="inside">(M, N) memberships.</param>
    internal static MembershipScores Of(double[][] models, bool[,] inside)
    {
        double[][] Side(bool member) =>
        [
            .. Enumerable.Range(0, inside.GetLength(1)).Select(target =>
                Enumerable.Range(0, models.Length).Where(model => inside[model, target] == member).Select(model => models[model][target]).ToArray()),
        ];
        return new MembershipScores(Side(true), Side(false));
    }
}
