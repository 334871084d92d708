using System.Globalization;
using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>Class indices from integer labels: non-negative and below the number of classes.</summary>
internal static class LabelCheck
{
    /// <summary>More classes than this in an integer label file means that it holds something other than labels.</summary>
    public const int MaxClasses = 10_000;

    /// <returns>The class names: those given, or the numbers 0…largest label.</returns>
    public static IReadOnlyList<string> Require(ReadOnlySpan<int> labels, IReadOnlyList<string>? classNames, string path)
    {
        int limit = classNames?.Count ?? MaxClasses;
        int largest = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)limit)
                throw new BadDataException($"{path}: the label of record {i} is {labels[i]}; it must be 0 to {limit - 1}. Check that this is the label file of these samples.");
            largest = Math.Max(largest, labels[i]);
        }
        return classNames ?? Numbers(largest + 1);
    }

    public static void RequireCount(int samples, string samplesPath, int labels, string labelsPath)
    {
        if (samples != labels)
            throw new BadDataException($"{samplesPath} holds {samples:N0} samples but {labelsPath} holds {labels:N0} labels. Give two files of the same split.");
    }

    public static IReadOnlyList<string> Numbers(int count) =>
        [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
}
