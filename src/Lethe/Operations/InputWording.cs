using Lethe.Training.Datasets;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>What has to be fed to a run's model when another program uses it.</summary>
internal static class InputWording
{
    private const int ValuesShown = 8;

    public static string Of(Run run)
    {
        string shape = string.Join('×', run.Dataset.SampleShape);
        bool table = run.Source.StartsWith("csv:", StringComparison.Ordinal);
        string values = table ? "the columns encoded as in training; `lethe data describe SOURCE --json` lists each feature with its mean and deviation or its categories"
            : run.Dataset.SampleShape.Count > 1 ? "pictures as bytes / 255 (samples that are numbers as they are)"
            : "the features as they are in the data";
        return $"Feed it float32 of shape N×{shape}: {values}{Normalised(run.Normalization)}.";
    }

    private static string Normalised(Normalization normalization)
    {
        if (normalization == Normalization.Identity)
            return "";
        if (normalization.Mean.Count > ValuesShown)
            return ", minus the means, over the standard deviations that run.json lists under normalization";
        return FormattableString.Invariant($", minus the mean ({string.Join(", ", normalization.Mean)}), over the standard deviation ({string.Join(", ", normalization.Std)})");
    }
}
