using System.Text;
using Lethe.Core.Records;
using Lethe.Reports;
using Lethe.Training.Datasets;

namespace Lethe.Operations;

/// <summary>Finds pictures of forgotten records in report pages, where they are encoded and so not to be seen by their raw bytes.</summary>
internal sealed class PictureSearch
{
    private const string Marker = "data:image/png;base64,";
    private readonly HashSet<string> _pictures;

    public PictureSearch(TensorDataset data, IReadOnlyList<int> records) =>
        _pictures = [.. RecordPictures.Of(data, [.. records.Select(record => new RecordId(record))], records.Count).Select(PngEncoder.ToDataUri)];

    /// <summary>How many pictures of forgotten records a page shows.</summary>
    public int CountIn(byte[] page)
    {
        if (_pictures.Count == 0)
            return 0;
        string text = Encoding.UTF8.GetString(page);
        int count = 0;
        for (int at = text.IndexOf(Marker, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Marker, at + 1, StringComparison.Ordinal))
        {
            int end = text.IndexOf('"', at);
            count += end > at && _pictures.Contains(text[at..end]) ? 1 : 0;
        }

        return count;
    }
}
