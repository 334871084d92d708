namespace Lethe.Verification;

/// <summary>
/// RMIA (Zarifzadeh et al., arXiv 2312.03262): a record is a member where the model prefers it more strongly over random population records
/// than reference models do. Score(x) = share of population records z with (p(x)/P(x)) / (p(z)/P(z)) &gt; γ; few reference models suffice.
/// </summary>
/// <param name="Mode">How P(x) is estimated.</param>
/// <param name="OfflineWeight">a in [0, 1]: how much models that never saw the record say about those that did.</param>
/// <param name="Gamma">γ, positive.</param>
public sealed record Rmia(RmiaMode Mode = RmiaMode.Offline, double OfflineWeight = Rmia.DefaultOfflineWeight, double Gamma = 1)
{
    /// <summary>The weight a where nothing was tuned.</summary>
    public const double DefaultOfflineWeight = 0.3;

    private const double Tiny = 1e-45;
    private const int GridSteps = 10;

    /// <summary>The scores of the attacked records, in [0, 1]; higher means more likely a member.</summary>
    /// <param name="signals">What the models say.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, there is no population or no reference model, or a probability is no number in [0, 1].</exception>
    public double[] Score(RmiaSignals signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        if (!(OfflineWeight >= 0 && OfflineWeight <= 1)) throw new ArgumentException($"The weight a lies in 0 … 1; it is {OfflineWeight}.");
        if (!(Gamma > 0)) throw new ArgumentException($"γ is positive; it is {Gamma}.");
        signals.Require();
        var ratios = new double[signals.Population.Length];
        for (var z = 0; z < ratios.Length; z++)
            ratios[z] = Probability(signals.Population[z]) / Population(signals, z);
        Array.Sort(ratios);
        var scores = new double[signals.Records.Length];
        for (var x = 0; x < scores.Length; x++)
            scores[x] = (double)CountBelow(ratios, Probability(signals.Records[x]) / Reference(signals, x) / Gamma) / ratios.Length;
        return scores;
    }

    /// <summary>
    /// Chooses the weight a: one reference model is attacked with the help of all others, whose training records the attacker knows; the
    /// smallest a of 0, 0.1 … 1 with the best AUC wins.
    /// </summary>
    /// <param name="signals">What the models say; at least two reference models.</param>
    /// <param name="paired">Which reference model is attacked; it must have seen some of the records, and not all.</param>
    /// <returns>This attack with the weight that was found.</returns>
    /// <exception cref="ArgumentException">There is a single reference model, or the paired one has seen all records or none.</exception>
    public Rmia Tune(RmiaSignals signals, int paired = 0)
    {
        ArgumentNullException.ThrowIfNull(signals);
        signals.Require();
        var (exercise, members) = signals.Attacking(paired);
        var (best, bestAuc) = (0.0, double.NegativeInfinity);
        for (var step = 0; step <= GridSteps; step++)
        {
            var weight = (double)step / GridSteps;
            var scores = (this with { OfflineWeight = weight }).Score(exercise);
            var auc = RocCurve.Of([.. scores.Where((_, x) => members[x])], [.. scores.Where((_, x) => !members[x])]).Auc;
            if (auc > bestAuc) (best, bestAuc) = (weight, auc);
        }
        return this with { OfflineWeight = best };
    }

    /// <summary>
    /// P(x): online the mean of the two kinds of models; offline from those that never saw x, ((1 + a)·P_out + 1 − a)/2. A record that all
    /// have seen takes P_out from P_in = a·P_out + 1 − a.
    /// </summary>
    private double Reference(RmiaSignals signals, int x)
    {
        double inside = 0, outside = 0;
        int learned = 0, never = 0;
        for (var model = 0; model < signals.References.GetLength(0); model++)
        {
            if (signals.Inside[model, x]) (inside, learned) = (inside + signals.References[model, x], learned + 1);
            else (outside, never) = (outside + signals.References[model, x], never + 1);
        }
        if (Mode == RmiaMode.Online)
        {
            if (learned == 0 || never == 0) throw new ArgumentException($"Online, record {x} needs a reference model that saw it and one that did not.");
            return Probability((inside / learned + outside / never) / 2);
        }
        var weight = never > 0 || OfflineWeight > 0 ? OfflineWeight : DefaultOfflineWeight;
        var expected = never > 0 ? outside / never : Math.Clamp((inside / learned + weight - 1) / weight, 0, 1);
        return Probability(((1 + OfflineWeight) * expected + 1 - OfflineWeight) / 2);
    }

    /// <summary>P(z): no reference model has seen the population; offline it is mapped like P(x), so that both ratios are alike.</summary>
    private double Population(RmiaSignals signals, int z)
    {
        var sum = 0.0;
        var models = signals.PopulationReferences.GetLength(0);
        for (var model = 0; model < models; model++) sum += signals.PopulationReferences[model, z];
        var mean = sum / models;
        return Probability(Mode == RmiaMode.Online ? mean : ((1 + OfflineWeight) * mean + 1 - OfflineWeight) / 2);
    }

    private static double Probability(double p) => Math.Max(p, Tiny);

    /// <summary>How many sorted ratios are smaller than the limit.</summary>
    private static int CountBelow(double[] sorted, double limit)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < limit) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

/// <summary>How <see cref="Rmia"/> estimates the probability of a record.</summary>
public enum RmiaMode
{
    /// <summary>From reference models that never saw the record.</summary>
    Offline,

    /// <summary>From reference models of both kinds, for every record.</summary>
    Online,
}
