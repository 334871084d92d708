using System.Globalization;
using System.Text;
using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>CelebA-HQ-identity.txt: lines of picture and identity number.</summary>
internal sealed class CelebIdentities
{
    private readonly string _path;
    private readonly Dictionary<string, int> _identities = new(StringComparer.Ordinal);

    public CelebIdentities(string path)
    {
        _path = path;
        foreach ((int number, string[] fields) in CelebText.Lines(path))
        {
            if (fields.Length != 2 || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out int identity) || !_identities.TryAdd(fields[0], identity))
                throw new BadDataException($"{path}, line {number}: must be a picture, named once, and the number of its identity. Fetch the file again.");
        }
    }

    public int Of(string picture) => _identities.TryGetValue(picture, out int identity)
        ? identity
        : throw new BadDataException($"{_path}: does not say whom '{picture}' shows. Add a line for it, or remove the picture.");
}

/// <summary>CelebA-HQ-attribute.txt: the number of pictures, the names of the attributes, then lines of picture and −1 or 1 for each.</summary>
internal sealed class CelebAttributes
{
    private readonly string _path;
    private readonly string[] _names = [];
    private readonly Dictionary<string, string[]> _rows = new(StringComparer.Ordinal);

    public CelebAttributes(string path)
    {
        _path = path;
        foreach ((int number, string[] fields) in CelebText.Lines(path))
        {
            if (number == 1) continue;
            if (number == 2) _names = fields;
            else if (fields.Length != _names.Length + 1 || !_rows.TryAdd(fields[0], fields))
                throw new BadDataException($"{path}, line {number}: must be a picture, named once, and {_names.Length} values. Fetch the file again.");
        }
    }

    public bool Has(string picture, string attribute)
    {
        int column = Array.IndexOf(_names, attribute) + 1;
        string value = column > 0 && _rows.TryGetValue(picture, out string[]? fields) ? fields[column] : "";
        return value switch
        {
            "1" => true,
            "-1" or "0" => false,
            _ => throw new BadDataException($"{_path}: gives '{picture}' no value 1 or -1 for the attribute {attribute}. Add it, or remove the picture."),
        };
    }
}

/// <summary>The text files that come with CelebA: fields separated by blanks.</summary>
internal static class CelebText
{
    /// <summary>The lines that are not empty, numbered from 1, split into fields.</summary>
    public static IEnumerable<(int Number, string[] Fields)> Lines(string path)
    {
        string[] lines = Encoding.UTF8.GetString(InputFile.ReadAll(path)).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string[] fields = lines[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 0) yield return (i + 1, fields);
        }
    }
}
