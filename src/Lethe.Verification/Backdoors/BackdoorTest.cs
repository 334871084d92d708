using Lethe.Core.Numerics;

namespace Lethe.Verification;

/// <summary>
/// Backdoor verification (Sommer et al., "Athena", PETS 2022): an owner's secret trigger is shown n times; more than t hits say "not deleted".
/// X hits are Binomial(n, q) where the data is gone and Binomial(n, p) where it is in. All probabilities are summed in log space.
/// </summary>
/// <param name="Queries">n.</param>
/// <param name="WithData">p: hit rate while the data is in.</param>
/// <param name="WithoutData">q: hit rate of models that never saw it.</param>
/// <param name="Alpha">α: the nominal chance of a wrong "not deleted".</param>
/// <param name="Form">Which threshold.</param>
/// <param name="Threshold">t; −1 where the published form says "not deleted" whatever comes.</param>
/// <param name="Size">The real chance of a wrong "not deleted", P[X &gt; t] under q.</param>
/// <param name="Beta">β: the chance of a wrong "deleted", P[X ≤ t] under p.</param>
public sealed record BackdoorTest(
    int Queries, double WithData, double WithoutData, double Alpha, BackdoorForm Form, int Threshold, double Size, double Beta)
{
    /// <summary>The usual level.</summary>
    public const double DefaultAlpha = 1e-3;

    /// <summary>The usual limit of β.</summary>
    public const double DefaultBeta = 1e-3;

    /// <summary>The usual number of queries.</summary>
    public const int DefaultQueries = 30;

    private const int MostQueries = 100_000;

    /// <summary>ρ = 1 − β: the chance that data which is still in is found.</summary>
    public double Rho => 1 - Beta;

    /// <summary>The test for known hit rates.</summary>
    /// <param name="queries">n, at least 1.</param>
    /// <param name="withData">p in [0, 1].</param>
    /// <param name="withoutData">q in [0, 1].</param>
    /// <param name="alpha">Strictly between 0 and 1.</param>
    /// <param name="form">Which threshold.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside its range.</exception>
    public static BackdoorTest Of(
        int queries, double withData, double withoutData, double alpha = DefaultAlpha, BackdoorForm form = BackdoorForm.Conservative)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(queries, 1);
        RequireLevel(alpha);
        return Build(queries, withData, withoutData, alpha, form, ThresholdOf(queries, withoutData, alpha, form));
    }

    /// <summary>
    /// The test for measured hit rates, on the safe side of both: p is the lower end of its interval, q the highest upper end among the gold
    /// models.
    /// </summary>
    /// <param name="withData">Hits of a model that has the data.</param>
    /// <param name="withoutData">Hits of each gold model.</param>
    /// <param name="queries">n, at least 1.</param>
    /// <param name="alpha">Strictly between 0 and 1.</param>
    /// <param name="form">Which threshold.</param>
    /// <exception cref="ArgumentException">There is no gold model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside its range.</exception>
    public static BackdoorTest Of(
        BackdoorHitRate withData, IReadOnlyList<BackdoorHitRate> withoutData, int queries, double alpha = DefaultAlpha, BackdoorForm form = BackdoorForm.Conservative)
    {
        ArgumentNullException.ThrowIfNull(withData);
        ArgumentNullException.ThrowIfNull(withoutData);
        if (withoutData.Count == 0) throw new ArgumentException("The hit rate without the data needs a gold model at least.", nameof(withoutData));
        return Of(queries, withData.Low, withoutData.Max(gold => gold.High), alpha, form);
    }

    /// <summary>P[X ≥ hits] under q: how unlikely so many hits are when the data is gone.</summary>
    /// <param name="hits">0 … n.</param>
    public double PValue(int hits) => Binomial.Survival(hits - 1, Queries, WithoutData);

    /// <summary>What a number of hits says.</summary>
    /// <param name="hits">0 … n.</param>
    /// <param name="mostBeta">The largest β at which few hits count as proof.</param>
    /// <exception cref="ArgumentOutOfRangeException">More hits than queries, or fewer than none.</exception>
    public BackdoorOutcome Judge(int hits, double mostBeta = DefaultBeta)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, Queries);
        if (hits > Threshold) return BackdoorOutcome.NotDeleted;
        return Beta <= mostBeta ? BackdoorOutcome.Deleted : BackdoorOutcome.Undecided;
    }

    /// <summary>Whether few hits would prove anything: ρ against 1 − the largest β that is allowed.</summary>
    /// <param name="mostBeta">The largest β that is allowed.</param>
    public Power PowerFor(double mostBeta = DefaultBeta)
    {
        var why = Beta <= mostBeta
            ? FormattableString.Invariant($"With {Queries} queries, data that is still in is missed with probability {Beta:0.###e+0}.")
            : FormattableString.Invariant($"With {Queries} queries, data that is still in is missed with probability {Beta:0.###}; at most {mostBeta:0.######} is allowed.");
        return new Power(Rho, 1 - mostBeta, Beta <= mostBeta, why);
    }

    /// <summary>The smallest number of queries with β at most the given one, searched upwards because β is not monotone in n.</summary>
    /// <param name="withData">p in [0, 1].</param>
    /// <param name="withoutData">q in [0, 1].</param>
    /// <param name="alpha">Strictly between 0 and 1.</param>
    /// <param name="beta">Strictly between 0 and 1.</param>
    /// <param name="form">Which threshold.</param>
    /// <param name="most">Where the search ends.</param>
    /// <returns>The number; null where p is not above q or <paramref name="most"/> queries do not suffice.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside its range.</exception>
    public static int? SmallestQueries(
        double withData, double withoutData, double alpha = DefaultAlpha, double beta = DefaultBeta, BackdoorForm form = BackdoorForm.Conservative, int most = MostQueries)
    {
        RequireLevel(alpha);
        RequireLevel(beta);
        if (!(withData > withoutData) && form == BackdoorForm.Conservative) return null;
        var threshold = ThresholdOf(1, withoutData, alpha, form);
        for (var n = 1; n <= most; n++)
        {
            // One more query raises the threshold by one at most.
            if (n > 1 && !Accepted(threshold, n, withoutData, alpha, form)) threshold++;
            if (Binomial.Cdf(threshold, n, withData) <= beta) return n;
        }
        return null;
    }

    /// <summary>The power ρ(α, n) over numbers of queries, for a curve.</summary>
    /// <param name="withData">p in [0, 1].</param>
    /// <param name="withoutData">q in [0, 1].</param>
    /// <param name="queries">The numbers n.</param>
    /// <param name="alpha">Strictly between 0 and 1.</param>
    /// <param name="form">Which threshold.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside its range.</exception>
    public static IReadOnlyList<BackdoorTest> Curve(
        double withData, double withoutData, IEnumerable<int> queries, double alpha = DefaultAlpha, BackdoorForm form = BackdoorForm.Conservative) =>
        [.. queries.Select(n => Of(n, withData, withoutData, alpha, form))];

    private static BackdoorTest Build(int n, double p, double q, double alpha, BackdoorForm form, int threshold) =>
        new(n, p, q, alpha, form, threshold, Binomial.Survival(threshold, n, q), Binomial.Cdf(threshold, n, p));

    private static int ThresholdOf(int n, double q, double alpha, BackdoorForm form)
    {
        var conservative = Binomial.InverseSurvival(alpha, n, q);
        if (form == BackdoorForm.Conservative) return conservative;
        var threshold = conservative;
        while (threshold >= 0 && !(Binomial.Survival(threshold, n, q) >= alpha)) threshold--;
        return threshold;
    }

    /// <summary>Whether the threshold of n − 1 queries still is the one of n.</summary>
    private static bool Accepted(int threshold, int n, double q, double alpha, BackdoorForm form) => form == BackdoorForm.Conservative
        ? Binomial.Survival(threshold, n, q) <= alpha
        : Binomial.Survival(threshold + 1, n, q) < alpha;

    private static void RequireLevel(double level)
    {
        if (!(level > 0 && level < 1)) throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies strictly between 0 and 1.");
    }
}

/// <summary>The two thresholds of a <see cref="BackdoorTest"/>.</summary>
public enum BackdoorForm
{
    /// <summary>t = min{k : F_q(k) ≥ 1 − α}: the real size is at most α.</summary>
    Conservative,

    /// <summary>"Deleted" only for k with F_q(k) ≤ 1 − α, as the theorem is printed: the real size exceeds α, up to 1 where q is about 0.</summary>
    AsPublished,
}

/// <summary>What a <see cref="BackdoorTest"/> says of a number of hits.</summary>
public enum BackdoorOutcome
{
    /// <summary>Few hits, and data that is still in would have been found.</summary>
    Deleted,

    /// <summary>More hits than a model without the data gives.</summary>
    NotDeleted,

    /// <summary>Few hits, but the test is too weak for that to mean anything.</summary>
    Undecided,
}
