using Lethe.Core.Records;
using Lethe.Methods;
using Lethe.Reports;
using Lethe.Training.Datasets;

namespace Lethe.Operations;

/// <summary>Takes pictures of records out of image data, and those that a method made out of its findings.</summary>
internal static class RecordPictures
{
    /// <summary>Pictures of some of the records, spread evenly; none where the data are no images.</summary>
    public static IReadOnlyList<RecordPicture> Of(TensorDataset data, IReadOnlyList<RecordId> records, int count)
    {
        var shape = data.Manifest.SampleShape;
        if (!data.IsImage || shape.Count != 3 || shape[0] is not (1 or 3))
            return [];
        int shown = Math.Min(count, records.Count);
        return [.. Enumerable.Range(0, shown).Select(i => Picture(data, records[(int)((long)i * records.Count / shown)].Value, (int)shape[0], (int)shape[1], (int)shape[2]))];
    }

    /// <summary>The pictures that a method made.</summary>
    public static IReadOnlyList<RecordPicture> Of(IReadOnlyList<FindingPicture> pictures) =>
        [.. pictures.Select(picture => new RecordPicture(
            picture.Name, picture.Width, picture.Height, picture.Channels, PixelLayout.Interleave(picture.Pixels, picture.Channels)))];

    private static RecordPicture Picture(TensorDataset data, int record, int channels, int height, int width)
    {
        string label = data.Manifest.ClassNames[data.Manifest.Labels[record]];
        return new RecordPicture($"{label}, record {data.Manifest.SourceNumber(new RecordId(record))}", width, height, channels, PixelLayout.Interleave(data.Pixels(record), channels));
    }
}
