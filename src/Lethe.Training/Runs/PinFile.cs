using System.Globalization;
using Lethe.Core.Records;

namespace Lethe.Training.Runs;

/// <summary>Keeps the intermediate objects of an unfinished request from being collected.</summary>
/// <remarks>The first line is the generation of the run that the work builds on; with any other generation the pins are void.</remarks>
internal static class PinFile
{
    private const string Name = "pins";

    public static void Append(string requestDirectory, int generation, Digest digest)
    {
        var path = Path.Combine(requestDirectory, Name);
        var lines = Read(path);
        var kept = lines.Length > 0 && lines[0] == Line(generation) ? lines : [Line(generation)];
        var temporary = path + RunFiles.TemporarySuffix;
        File.WriteAllLines(temporary, [.. kept, digest.ToString()]);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Gives the valid pins of all requests and deletes the void ones.</summary>
    public static IEnumerable<Digest> Sweep(string requestsDirectory, int generation)
    {
        foreach (var path in Paths(requestsDirectory).Where(path => !IsValid(path, generation)).ToList())
        {
            File.Delete(path);
        }
        return Valid(requestsDirectory, generation);
    }

    /// <summary>The valid pins of all requests.</summary>
    public static IEnumerable<Digest> Valid(string requestsDirectory, int generation)
    {
        foreach (var line in Paths(requestsDirectory).Where(path => IsValid(path, generation)).SelectMany(path => Read(path).Skip(1)))
        {
            if (Digest.TryParse(line, out var digest))
            {
                yield return digest;
            }
        }
    }

    public static void Delete(string requestDirectory) => File.Delete(Path.Combine(requestDirectory, Name));

    private static IEnumerable<string> Paths(string requestsDirectory) =>
        Directory.Exists(requestsDirectory) ? Directory.EnumerateFiles(requestsDirectory, Name, SearchOption.AllDirectories) : [];

    private static bool IsValid(string path, int generation) => Read(path) is [var first, ..] && first == Line(generation);

    private static string[] Read(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];

    private static string Line(int generation) => "generation " + generation.ToString(CultureInfo.InvariantCulture);
}
