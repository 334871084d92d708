using Lethe.Core.Progress;
using Lethe.Reports;

namespace Lethe.Operations;

/// <summary>Progress over all gold models of a verification, with what one of them costs.</summary>
internal sealed class GoldProgress(IProgress<ProgressUpdate> progress, int models, double? estimatedSeconds) : IProgress<ProgressUpdate>
{
    private const long Resolution = 1000;
    private int _done;
    private double? _seconds = estimatedSeconds;

    /// <summary>Says before the first one what all of them cost.</summary>
    /// <param name="kept">How many are kept from before.</param>
    public void Announce(int kept)
    {
        string price = kept == models ? ", all kept from before"
            : (kept > 0 ? $", {kept} kept from before" : "") + (_seconds is { } seconds ? $", about {Wording.Seconds(seconds * (models - kept))}" : "");
        progress.Report(new ProgressUpdate("gold", 0, models * Resolution, $"{Wording.Count(models, "model", "models")} trained without the records{price}"));
    }

    /// <summary>Goes on to the next model.</summary>
    public void Finished(double seconds)
    {
        _done++;
        _seconds = seconds;
    }

    public void Report(ProgressUpdate value)
    {
        double share = value.Total > 0 ? Math.Clamp((double)value.Done / value.Total, 0, 1) : 0;
        string each = _seconds is { } seconds ? $", about {Wording.Seconds(seconds)} each" : "";
        progress.Report(new ProgressUpdate("gold", (long)((_done + share) * Resolution), models * Resolution, $"model {_done + 1} of {models}{each}"));
    }
}
