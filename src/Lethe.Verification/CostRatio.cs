using Lethe.Core.Plans;

namespace Lethe.Verification;

/// <summary>What a request cost beside another way of serving it.</summary>
/// <param name="Samples">Samples of the other way over samples of this one; +∞ when this one trained on none.</param>
/// <param name="Seconds">Seconds of the other way over seconds of this one.</param>
public sealed record CostRatio(double Samples, double Seconds)
{
    /// <summary>The speed-up of <paramref name="method"/> over <paramref name="reference"/> (retraining, or resuming from M_(d−1)).</summary>
    public static CostRatio SpeedUp(CostAccount reference, CostAccount method)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(method);
        return new CostRatio(Ratio(reference.Samples, method.Samples), Ratio(reference.Seconds, method.Seconds));
    }

    private static double Ratio(double reference, double method) =>
        method > 0 ? reference / method : reference > 0 ? double.PositiveInfinity : double.NaN;
}
