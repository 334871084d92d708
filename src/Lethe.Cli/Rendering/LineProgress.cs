using System.Globalization;
using Lethe.Core.Progress;
using Lethe.Reports;

namespace Lethe.Cli.Rendering;

/// <summary>Progress as a line now and then, for logs.</summary>
internal sealed class LineProgress(TextWriter writer, TimeProvider time) : IProgress<ProgressUpdate>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private string? _stage;
    private long _stageStart;
    private long _startDone;
    private long _lastDone;
    private long _lastLine;

    public void Report(ProgressUpdate value)
    {
        lock (_gate)
        {
            long now = time.GetTimestamp();
            bool fresh = value.Stage != _stage || value.Done < _lastDone;
            _lastDone = value.Done;
            if (fresh)
                (_stage, _stageStart, _startDone) = (value.Stage, now, value.Done);
            else if (time.GetElapsedTime(_lastLine, now) < Pause)
                return;
            _lastLine = now;
            string detail = value.Detail is null ? "" : $": {value.Detail}";
            writer.WriteLine(value.Stage + detail + Share(value, now));
        }
    }

    private string Share(ProgressUpdate value, long now)
    {
        if (value.Total <= 0)
            return "";
        double share = (double)value.Done / value.Total;
        long done = value.Done - _startDone;
        double seconds = time.GetElapsedTime(_stageStart, now).TotalSeconds;
        string left = done > 0 && seconds > 0.5 ? $", {Wording.Seconds(seconds / done * (value.Total - value.Done))} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $" ({share * 100:0} %{left})");
    }
}
