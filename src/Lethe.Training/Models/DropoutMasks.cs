using Lethe.Torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Training.Models;

/// <summary>The dropout masks of one training step: drawn for every place of the batch, read at the places that still hold a record.</summary>
/// <remarks>A record's mask depends on the step and its place only, so that deleting others leaves it as it was.</remarks>
/// <threadsafety instance="false"/>
public sealed class DropoutMasks : IDisposable
{
    private readonly Generator generator;
    private readonly Device device;
    private readonly long places;
    private readonly Tensor? kept;

    /// <summary>Starts the masks of a step.</summary>
    /// <param name="seed">Seed of the step.</param>
    /// <param name="places">Size of the batch before any deletion, at least 1.</param>
    /// <param name="kept">The places that hold a record, in the order of the input's rows.</param>
    /// <param name="device">Where the activations are.</param>
    public DropoutMasks(ulong seed, int places, IReadOnlyList<int> kept, Device device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(places, 1);
        ArgumentNullException.ThrowIfNull(kept);
        ArgumentNullException.ThrowIfNull(device);
        generator = new Generator(seed, device);
        this.device = device;
        this.places = places;
        this.kept = kept.Count == places ? null : torch.tensor(kept.Select(place => (long)place).ToArray()).to(device).DetachFromDisposeScope();
    }

    /// <summary>Drops activations and scales the others by 1 / (1 − p); every call draws new masks.</summary>
    /// <param name="input">(n, …), one row for each place kept.</param>
    /// <param name="probability">p in [0, 1).</param>
    public Tensor Apply(Tensor input, double probability)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var ones = torch.ones([places, .. input.shape[1..]], dtype: input.dtype, device: device);
        using var all = F.dropout(ones, probability, training: true, generator);
        using var mask = kept is null ? all.alias() : all.index_select(0, kept);
        return input * mask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        kept?.Dispose();
        generator.Dispose();
    }
}
