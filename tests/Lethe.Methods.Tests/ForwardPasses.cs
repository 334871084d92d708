using System.Diagnostics.Metrics;

namespace Lethe.Methods.Tests;

/// <summary>Counts the samples of this thread at the networks' forward pass, whatever a method counts itself.</summary>
internal sealed class ForwardPasses : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public ForwardPasses()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Lethe.Training") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, samples, _, _) =>
        {
            if (Environment.CurrentManagedThreadId == _thread) Samples += samples;
        });
        _listener.Start();
    }

    public long Samples { get; private set; }

    public void Dispose() => _listener.Dispose();
}
