using System.Globalization;
using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>
/// The options of any source that split off a part for testing: ?hold-out=SHARE is what is trained on, with &amp;part=held-out it is the rest.
/// </summary>
internal sealed record HoldOut(double Share, bool IsHeldOutPart)
{
    public const string ShareOption = "hold-out";
    public const string PartOption = "part";
    public const string HeldOutPart = "held-out";

    /// <summary>Takes the two options out of a source; null where there is no hold-out.</summary>
    public static HoldOut? Take(ref SourceText source)
    {
        if (source.Option(ShareOption) is not { } text) return null;
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) || !(share > 0 && share < 1))
            throw new UsageException($"'{source}': hold-out={text} is not a share above 0 and below 1. Give a share such as 0.1.");
        bool heldOut = source.Choice(PartOption, "training", HeldOutPart) == HeldOutPart;
        source = source.Without(ShareOption).Without(PartOption);
        return new HoldOut(share, heldOut);
    }

    /// <summary>The part of a whole data set, with its records' numbers in the source.</summary>
    public RawDataset PartOf(RawDataset whole)
    {
        bool[] held = HoldOutSplit.Choose(whole, Share);
        int[] numbers = [.. Enumerable.Range(0, whole.Count).Where(record => held[record] == IsHeldOutPart)];
        int size = checked((int)(whole.SampleLength * (whole.IsFloat ? sizeof(float) : 1)));
        byte[] samples = GC.AllocateUninitializedArray<byte>(numbers.Length * size);
        for (int i = 0; i < numbers.Length; i++) whole.Samples.AsSpan(numbers[i] * size, size).CopyTo(samples.AsSpan(i * size));
        return whole with
        {
            Name = IsHeldOutPart ? whole.Name + "-held-out" : whole.Name,
            Samples = samples,
            Labels = [.. numbers.Select(number => whole.Labels[number])],
            Subjects = whole.Subjects is { } subjects ? [.. numbers.Select(number => subjects[number])] : null,
            Columns = [.. whole.Columns.Select(column => column.Select(numbers))],
            Numbering = new(numbers, whole.Count),
        };
    }
}
