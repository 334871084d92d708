using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Reports;
using Lethe.Training.Datasets;

namespace Lethe.Operations;

/// <summary>What an imported model expects of its inputs, as a user says it.</summary>
internal static class InputForm
{
    private static readonly Normalization ImageNet = new([0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    private static readonly Dictionary<string, Normalization> Ranges = new()
    {
        ["0..1"] = Normalization.Identity,
        ["-1..1"] = new Normalization([0.5f], [0.5f]),
        ["0..255"] = new Normalization([0f], [1f / 255]),
    };

    /// <exception cref="UsageException">A text has another form, does not fit the data, or both are given.</exception>
    public static Normalization Of(string? normalize, string? range, TensorDataset data)
    {
        if (normalize is not null && range is not null)
            throw new UsageException("--normalize and --input-range say the same thing in two ways. Give one of them.");
        if (range is not null)
        {
            if (!data.IsImage)
                throw new UsageException("--input-range is about pixels, and this data has none: its values are given to the model as they are. Give --normalize MEAN,STD, or nothing.");
            return Ranges.GetValueOrDefault(range) ?? throw new UsageException($"--input-range {range} is not known; choose 0..1, -1..1 or 0..255.");
        }

        int channels = (int)data.Manifest.SampleShape[0];
        return normalize switch
        {
            null => Normalization.Identity,
            "data" => Normalization.FromData(data),
            "imagenet" when channels == ImageNet.Mean.Count => ImageNet,
            "imagenet" => throw new UsageException($"--normalize imagenet is for colour images; these samples have {Wording.Count(channels, "channel", "channels")}."),
            _ => Numbers(normalize, channels),
        };
    }

    /// <summary>Usual forms under the options that ask for them.</summary>
    public static IEnumerable<(string Option, Normalization Form)> Usual(TensorDataset data)
    {
        if (data.IsImage)
        {
            foreach (var (range, form) in Ranges)
                yield return ($"--input-range {range}", form);
            if (data.Manifest.SampleShape[0] == ImageNet.Mean.Count)
                yield return ("--normalize imagenet", ImageNet);
        }

        yield return ("--normalize data", Normalization.FromData(data));
    }

    public static string Describe(Normalization form, bool image)
    {
        if (image && form == Ranges["0..255"])
            return "pixel, 0 to 255";
        string values = image ? "pixel / 255" : "value";
        bool plain = form.Mean.All(mean => mean == 0) && form.Std.All(std => std == 1);
        return plain ? $"{values}, not normalised further" : $"({values} − {List(form.Mean)}) / {List(form.Std)}";
    }

    private static Normalization Numbers(string text, int channels)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        float[] numbers = [.. parts.Select(part => float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) ? number : float.NaN)];
        int half = numbers.Length / 2;
        if (numbers.Length % 2 != 0 || (half != 1 && half != channels) || !numbers.All(float.IsFinite) || numbers[half..].Any(std => std <= 0))
            throw new UsageException($"--normalize {text}: give a mean and a deviation above 0, such as 0.1307,0.3081; or {channels} means and then {channels} deviations; or imagenet, or data.");
        return new Normalization(numbers[..half], numbers[half..]);
    }

    private static string List(IReadOnlyList<float> values)
    {
        string joined = string.Join(", ", values.Select(value => value.ToString("0.####", CultureInfo.InvariantCulture)));
        return values.Count == 1 ? joined : $"({joined})";
    }
}
