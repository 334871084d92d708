using System.Globalization;
using Lethe.Core.Errors;

namespace Lethe.Training.Models;

/// <summary>Reads the options of one model and rejects names that it does not have.</summary>
internal sealed class ModelOptions
{
    private readonly string model;
    private readonly IReadOnlyDictionary<string, string> values;

    public ModelOptions(ModelSpec spec, params string[] known)
    {
        model = spec.Name;
        values = spec.Options ?? new Dictionary<string, string>();
        foreach (var name in values.Keys)
        {
            if (!known.Contains(name))
            {
                var choices = known.Length == 0 ? "it has none" : $"it has {string.Join(", ", known)}";
                throw new UsageException($"Model '{model}' has no option '{name}'; {choices}.");
            }
        }
    }

    public IReadOnlyList<long> Sizes(string name, IReadOnlyList<long> fallback)
    {
        if (!values.TryGetValue(name, out var text))
        {
            return fallback;
        }
        var sizes = new List<long>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            sizes.Add(SizeOf(part)
                ?? throw new UsageException($"Model '{model}', option {name}={text}: '{part}' is not a size; give sizes such as 512,512."));
        }
        return sizes;
    }

    public long Size(string name, long fallback) => !values.TryGetValue(name, out var text)
        ? fallback
        : SizeOf(text) ?? throw new UsageException($"Model '{model}', option {name}={text}: give a whole number from 1, such as {fallback}.");

    public double Probability(string name)
    {
        if (!values.TryGetValue(name, out var text))
        {
            return 0;
        }
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var p) && p is >= 0 and < 1
            ? p
            : throw new UsageException($"Model '{model}', option {name}={text}: give a number from 0 up to, but without, 1.");
    }

    private static long? SizeOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= 1 << 20 ? size : null;
}
