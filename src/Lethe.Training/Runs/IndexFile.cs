using System.Text;
using System.Text.Json;
using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Training.Runs;

/// <summary>Reads and replaces <c>index.json</c>; the file carries its own digest, so that a flipped bit is found.</summary>
internal static class IndexFile
{
    public const string Name = "index.json";

    /// <exception cref="StoreDamagedException">The file does not match its digest.</exception>
    public static RunIndex Read(string directory)
    {
        var path = Path.Combine(directory, Name);
        return TryRead(path) ?? throw new StoreDamagedException(
            $"The run's index {path} is damaged: it does not match its own digest. Restore it from a backup, or train the run again.");
    }

    /// <summary>An index in a file of any name; null where the file is missing or does not match its digest.</summary>
    /// <remarks>The digest is that of the text as written, so that files of versions with fewer members verify too.</remarks>
    public static RunIndex? TryRead(string path)
    {
        try
        {
            var envelope = CanonicalJson.Deserialize<Envelope>(File.ReadAllText(path));
            return Digest.OfText(CanonicalJson.Serialize(envelope.Index)) == envelope.Digest
                ? CanonicalJson.Deserialize<RunIndex>(envelope.Index.GetRawText())
                : null;
        }
        catch (Exception error) when (error is BadDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Replaces the index by one rename.</summary>
    /// <param name="directory">The run's directory.</param>
    /// <param name="index">The next state.</param>
    /// <param name="durable">Whether it must survive a loss of power; a killed process leaves the old or the new index anyway.</param>
    public static void Write(string directory, RunIndex index, bool durable)
    {
        var path = Path.Combine(directory, Name);
        if (durable)
        {
            Write(path, index);
            return;
        }
        var temporary = path + RunFiles.TemporarySuffix;
        File.WriteAllText(temporary, Text(index), new UTF8Encoding(false));
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Writes an index durably under any name.</summary>
    public static void Write(string path, RunIndex index) => AtomicFile.WriteAllText(path, Text(index));

    private static string Text(RunIndex index)
    {
        var element = JsonSerializer.SerializeToElement(index, CanonicalJson.Options);
        return CanonicalJson.Serialize(new Envelope(Digest.OfText(CanonicalJson.Serialize(element)), element)) + "\n";
    }

    private sealed record Envelope(Digest Digest, JsonElement Index);
}
