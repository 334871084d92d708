using Lethe.Core.Records;
using Lethe.Reports;
using Lethe.Training.Datasets;

namespace Lethe.Operations;

/// <summary>Takes pictures of records out of image data.</summary>
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

    private static RecordPicture Picture(TensorDataset data, int record, int channels, int height, int width)
    {
        byte[] planes = data.Pixels(record);
        var pixels = new byte[planes.Length];
        int plane = height * width;
        for (int i = 0; i < plane; i++)
        {
            for (int channel = 0; channel < channels; channel++)
                pixels[i * channels + channel] = planes[channel * plane + i];
        }

        string label = data.Manifest.ClassNames[data.Manifest.Labels[record]];
        return new RecordPicture($"{label}, record {data.Manifest.SourceNumber(new RecordId(record))}", width, height, channels, pixels);
    }
}
