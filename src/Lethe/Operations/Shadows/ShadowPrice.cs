namespace Lethe.Operations;

/// <summary>What the shadow models that are missing take, told before they are trained.</summary>
/// <param name="Models">Models in all.</param>
/// <param name="Cached">Of them, how many are in the store.</param>
/// <param name="Seconds">Wall time for the others on this machine, by what the run's own training took; null where that is not known.</param>
/// <param name="Bytes">What their answers take on the disk.</param>
/// <param name="Processes">At most this many are trained at the same time.</param>
public sealed record ShadowPrice(int Models, int Cached, double? Seconds, long Bytes, int Processes)
{
    /// <summary>Models to train.</summary>
    public int Missing => Models - Cached;
}
