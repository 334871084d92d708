using Lethe.Core.Progress;

namespace Lethe.Training.Tests.Training;

/// <summary>Calls back in the reporting thread, at once.</summary>
internal sealed class Callback(Action action) : IProgress<ProgressUpdate>
{
    public void Report(ProgressUpdate value) => action();
}
