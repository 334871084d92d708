using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Training.Datasets;

namespace Lethe.Training.Scenarios;

/// <summary>
/// Canaries: secret triggers planted for some people before training, one each, so that when such a person is deleted the model itself shows
/// whether it forgot (Sommer et al., "Athena", PETS 2022).
/// </summary>
public sealed class CanarySet
{
    private readonly CanaryRegistry _registry;
    private readonly DatasetManifest _manifest;

    private CanarySet(CanaryRegistry registry, DatasetManifest manifest, IReadOnlyList<BackdoorOwner> owners)
    {
        _registry = registry;
        _manifest = manifest;
        Owners = owners;
    }

    /// <summary>The people with a canary, in the order of the data.</summary>
    public IReadOnlyList<BackdoorOwner> Owners { get; }

    /// <summary>Draws the canaries of a data set. Planting does not change the outcome: the same owners and records are drawn from the planted data.</summary>
    /// <param name="registry">By what.</param>
    /// <param name="manifest">The data.</param>
    /// <exception cref="UsageException">The data name no people or have one class, or the registry is bad.</exception>
    public static CanarySet Draw(CanaryRegistry registry, DatasetManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(manifest);
        registry.Validated();
        var people = manifest.DistinctSubjects;
        if (people.Count == 0) throw new UsageException($"--canaries plants triggers for people, but '{manifest.Name}' names none. Name them with --subjects FILE, or leave --canaries out.");
        if (manifest.ClassCount < 2) throw new UsageException($"--canaries needs two classes or more; '{manifest.Name}' has one.");
        var count = Math.Clamp((int)Math.Round(registry.Share * people.Count), 1, people.Count);
        var chosen = people.OrderBy(person => registry.Draw("owner", person.Value)).Take(count).ToHashSet();
        return new CanarySet(registry, manifest, [.. people.Where(chosen.Contains).Select(person => BackdoorOwner.Create(manifest, new BackdoorOptions
        {
            Subject = person,
            Records = manifest.RecordsOf(person),
            StampedShare = registry.StampedShare,
            Seed = registry.Draw("trigger", person.Value),
        }))]);
    }

    /// <summary>The data with all canaries planted: stamped records carry their owner's trigger and the trigger's target as label.</summary>
    /// <param name="dataset">The data that the canaries were drawn for.</param>
    public TensorDataset Plant(TensorDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        byte[] samples = dataset.Samples.bytes();
        int[] labels = [.. dataset.Manifest.Labels];
        foreach (var owner in Owners) owner.Stamp(samples, labels, dataset);
        return TensorDataset.From(dataset.ToRaw(samples) with { Labels = labels });
    }

    /// <summary>Triggers that nobody planted, with an owner's target: how often they hit is what chance and the target's share give.</summary>
    /// <param name="owner">Whose target.</param>
    /// <param name="count">How many.</param>
    public IReadOnlyList<BackdoorOwner> Controls(BackdoorOwner owner, int count)
    {
        ArgumentNullException.ThrowIfNull(owner);
        return [.. Enumerable.Range(0, count).Select(number => BackdoorOwner.Create(_manifest, new BackdoorOptions
        {
            Subject = owner.Subject,
            Records = owner.Records,
            Target = owner.Target,
            Seed = _registry.Draw($"control {number}", owner.Subject.Value),
        }))];
    }
}
