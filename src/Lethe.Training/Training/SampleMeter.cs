using System.Diagnostics.Metrics;
using Lethe.Torch;

namespace Lethe.Training.Training;

/// <summary>
/// Counts samples at the forward pass itself, as the metric <c>lethe.samples</c> of the meter <c>Lethe.Training</c>. It is independent of what
/// trainers and methods count as their cost.
/// </summary>
internal static class SampleMeter
{
    private static readonly Meter s_meter = new("Lethe.Training");
    private static readonly Counter<long> s_samples = s_meter.CreateCounter<long>("lethe.samples", "{sample}", "Samples that went forward through a network to train or to unlearn.");

    /// <param name="input">Shape (n, …).</param>
    public static void Count(Tensor input)
    {
        if (s_samples.Enabled) s_samples.Add(input.shape[0]);
    }
}
