using System.Text;
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
        try
        {
            var envelope = CanonicalJson.Deserialize<Envelope>(File.ReadAllText(path));
            if (Digest.OfText(CanonicalJson.Serialize(envelope.Index)) == envelope.Digest)
            {
                return envelope.Index;
            }
        }
        catch (BadDataException)
        {
        }
        throw new StoreDamagedException(
            $"The run's index {path} is damaged: it does not match its own digest. Restore it from a backup, or train the run again.");
    }

    /// <summary>Replaces the index by one rename.</summary>
    /// <param name="directory">The run's directory.</param>
    /// <param name="index">The next state.</param>
    /// <param name="durable">Whether it must survive a loss of power; a killed process leaves the old or the new index anyway.</param>
    public static void Write(string directory, RunIndex index, bool durable)
    {
        var path = Path.Combine(directory, Name);
        var text = CanonicalJson.Serialize(new Envelope(Digest.OfText(CanonicalJson.Serialize(index)), index)) + "\n";
        if (durable)
        {
            AtomicFile.WriteAllText(path, text);
            return;
        }
        var temporary = path + RunFiles.TemporarySuffix;
        File.WriteAllText(temporary, text, new UTF8Encoding(false));
        File.Move(temporary, path, overwrite: true);
    }

    private sealed record Envelope(Digest Digest, RunIndex Index);
}
