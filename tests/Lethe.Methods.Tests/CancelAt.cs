using Lethe.Core.Progress;

namespace Lethe.Methods.Tests;

/// <summary>Cancels at the n-th report of progress: a method reports before each block.</summary>
internal sealed class CancelAt(int report) : IProgress<ProgressUpdate>, IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private int _left = report;

    public CancellationToken Token => _source.Token;

    public void Report(ProgressUpdate value)
    {
        if (--_left == 0) _source.Cancel();
    }

    public void Dispose() => _source.Dispose();
}
