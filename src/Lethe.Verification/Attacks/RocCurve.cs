namespace Lethe.Verification;

/// <summary>
/// Receiver operating characteristic of an attack: how many members it finds (TPR) at the price of how many others it accuses (FPR), over
/// all thresholds. Equal scores share one point, so that ties count one half.
/// </summary>
/// <param name="Points">From (0, 0) to (1, 1), both rates rising; one point for each distinct score.</param>
/// <param name="Auc">Area below the curve: the chance that a member scores above another, ties one half; 0.5 is chance.</param>
/// <param name="AucStandardError">Standard error of <paramref name="Auc"/> over records (DeLong et al. 1988); NaN with fewer than two on a side.</param>
/// <param name="Members">Number of members.</param>
/// <param name="Others">Number of others.</param>
public sealed record RocCurve(IReadOnlyList<RocPoint> Points, double Auc, double AucStandardError, int Members, int Others)
{
    /// <summary>Best balanced accuracy over all thresholds, max (TPR + 1 − FPR) / 2; at least 0.5, and above it by chance with few records.</summary>
    public double BalancedAccuracy => Points.Max(point => (point.TruePositiveRate + 1 - point.FalsePositiveRate) / 2);

    /// <summary>Builds the curve; a record counts as accused when its score is at least the threshold.</summary>
    /// <param name="members">Scores of members, higher means more likely a member; infinities are allowed.</param>
    /// <param name="others">Scores of records that are no members.</param>
    /// <exception cref="ArgumentException">A side is empty or a score is no number.</exception>
    public static RocCurve Of(ReadOnlySpan<double> members, ReadOnlySpan<double> others)
    {
        if (members.IsEmpty || others.IsEmpty)
            throw new ArgumentException($"A curve needs members and others; there are {members.Length} and {others.Length}.");
        double[] inside = Descending(members, nameof(members)), outside = Descending(others, nameof(others));
        var points = new List<RocPoint> { new(0, 0, double.PositiveInfinity) };
        long halfWins = 0;
        double memberSquares = 0, otherSquares = 0;
        for (int i = 0, j = 0; i < inside.Length || j < outside.Length;)
        {
            var score = i == inside.Length ? outside[j] : j == outside.Length ? inside[i] : Math.Max(inside[i], outside[j]);
            var (fromI, fromJ) = (i, j);
            while (i < inside.Length && inside[i] == score) i++;
            while (j < outside.Length && outside[j] == score) j++;
            var below = (outside.Length - j + (j - fromJ) / 2.0) / outside.Length;
            var above = (fromI + (i - fromI) / 2.0) / inside.Length;
            halfWins += (i - fromI) * (2L * (outside.Length - j) + (j - fromJ));
            memberSquares += (i - fromI) * below * below;
            otherSquares += (j - fromJ) * above * above;
            points.Add(new RocPoint((double)j / outside.Length, (double)i / inside.Length, score));
        }
        var auc = halfWins / (2.0 * inside.Length * outside.Length);
        return new RocCurve(points, auc, StandardError(auc, memberSquares, inside.Length, otherSquares, outside.Length), inside.Length, outside.Length);
    }

    /// <summary>The largest TPR at an FPR of at most the given one; 0 where no threshold is that careful.</summary>
    /// <param name="falsePositiveRate">For example 0.001 or 0.01; in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate lies outside [0, 1].</exception>
    public double TprAt(double falsePositiveRate)
    {
        if (!(falsePositiveRate >= 0 && falsePositiveRate <= 1))
            throw new ArgumentOutOfRangeException(nameof(falsePositiveRate), falsePositiveRate, "A rate lies in 0 … 1.");
        int low = 0, high = Points.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Points[middle].FalsePositiveRate <= falsePositiveRate) low = middle;
            else high = middle - 1;
        }
        return Points[low].TruePositiveRate;
    }

    /// <summary>Whether there are others enough for this FPR to be more than "no false accusation": at least 1 / FPR.</summary>
    /// <param name="falsePositiveRate">For example 0.001.</param>
    public bool Resolves(double falsePositiveRate) => Others * falsePositiveRate >= 1;

    /// <summary>Points for a logarithmic FPR axis: the TPR at FPRs that are spaced evenly in the logarithm.</summary>
    /// <param name="lowest">Where the axis begins, in (0, 1), for example 1e-3.</param>
    /// <param name="perDecade">Points of a factor of ten, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside its range.</exception>
    public IReadOnlyList<RocPoint> LogAxis(double lowest, int perDecade = 10)
    {
        if (!(lowest > 0 && lowest < 1)) throw new ArgumentOutOfRangeException(nameof(lowest), lowest, "A logarithmic axis begins between 0 and 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(perDecade, 1);
        var steps = Math.Max(1, (int)Math.Ceiling(-Math.Log10(lowest) * perDecade - 1e-9));
        return
        [
            .. Enumerable.Range(0, steps + 1).Select(step => Math.Pow(lowest, 1 - (double)step / steps))
                .Select(rate => new RocPoint(rate, TprAt(rate), double.NaN)),
        ];
    }

    /// <summary>The curve in four figures: area, best balanced accuracy, TPR at 1 % and at 0.1 % FPR.</summary>
    /// <param name="attack">Whose curve, for example <c>u-lira</c>.</param>
    /// <param name="subject">On which model: one of <see cref="Subjects"/>.</param>
    public IReadOnlyList<Measurement> Measurements(string attack, string subject) =>
    [
        new($"{attack}: area below the ROC curve (chance: 0.5)", subject, Auc, "gold", Directions.EqualToGold),
        new($"{attack}: best balanced accuracy (chance: 0.5)", subject, BalancedAccuracy, "gold", Directions.EqualToGold),
        new($"{attack}: TPR at 1 % FPR (chance: 0.01)", subject, TprAt(0.01), "gold", Directions.EqualToGold),
        new($"{attack}: TPR at 0.1 % FPR (chance: 0.001)", subject, TprAt(0.001), "gold", Directions.EqualToGold),
    ];

    /// <summary>Whether the attack on the original differs from the attack on gold by more than the draw of the records explains.</summary>
    /// <param name="gold">The same attack on a gold model.</param>
    /// <param name="alpha">Two-sided level, strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level lies outside its range.</exception>
    public Power PowerAgainst(RocCurve gold, double alpha = Power.Alpha)
    {
        ArgumentNullException.ThrowIfNull(gold);
        return Power.OfDifference(Auc, gold.Auc, Math.Sqrt(AucStandardError * AucStandardError + gold.AucStandardError * gold.AucStandardError), alpha);
    }

    private static double StandardError(double auc, double memberSquares, int members, double otherSquares, int others)
    {
        if (members < 2 || others < 2) return double.NaN;
        var memberVariance = Math.Max(0, memberSquares - members * auc * auc) / (members - 1);
        var otherVariance = Math.Max(0, otherSquares - others * auc * auc) / (others - 1);
        return Math.Sqrt(memberVariance / members + otherVariance / others);
    }

    private static double[] Descending(ReadOnlySpan<double> scores, string name)
    {
        var sorted = scores.ToArray();
        if (Array.Exists(sorted, double.IsNaN)) throw new ArgumentException("A score is not a number.", name);
        Array.Sort(sorted, static (left, right) => right.CompareTo(left));
        return sorted;
    }
}

/// <summary>One threshold of a <see cref="RocCurve"/>.</summary>
/// <param name="FalsePositiveRate">Share of others that are accused, in [0, 1].</param>
/// <param name="TruePositiveRate">Share of members that are found, in [0, 1].</param>
/// <param name="Threshold">Scores from here on are accused; NaN for a point of a logarithmic axis.</param>
public sealed record RocPoint(double FalsePositiveRate, double TruePositiveRate, double Threshold);
