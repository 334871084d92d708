using Lethe.Reports;

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

    /// <summary>The same in words.</summary>
    public string Describe()
    {
        string time = Seconds is { } seconds ? $"about {Wording.Seconds(seconds)}" : "for an unknown time";
        string processes = Processes == 1 ? "" : $" in {Processes} processes";
        return Missing == 0
            ? $"all {Wording.Whole(Models)} shadow models are there"
            : $"{Wording.Whole(Missing)} of {Wording.Count(Models, "shadow model", "shadow models")} to train, {time}{processes}; their answers take {Wording.Bytes(Bytes)}";
    }
}
