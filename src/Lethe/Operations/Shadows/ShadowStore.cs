using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Store;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>
/// Answers of shadow models under the digest of all that they follow from, and the unfinished runs of those that are in work. Several runs may
/// share one: a value is whole or not there, and equal digests mean equal bytes.
/// </summary>
internal sealed class ShadowStore(string folder)
{
    /// <summary>The folder of the unfinished runs.</summary>
    public const string WorkName = "work";

    private const int Format = 1;
    private const string Extension = ".safetensors";

    /// <summary>The name of what a job's trained model says, before it forgets anything.</summary>
    public static Digest KeyOf(Run run, Digest? test, ShadowJob job) => Digest.OfText(CanonicalJson.Serialize(new Trained(
        Format, (run.Recipe with { Seed = job.Seed }).Digest, run.Partition.Digest, run.Profile.Digest, run.Dataset.Digest, test, job.Excluded)));

    /// <summary>The name of what it says after a method made it forget; with nothing to forget that is the trained model.</summary>
    public static Digest KeyOf(Run run, Digest? test, ShadowJob job, ShadowMethod method) => job.Forgotten.Count == 0
        ? KeyOf(run, test, job)
        : Digest.OfText(CanonicalJson.Serialize(new Unlearned(KeyOf(run, test, job), method.Name, method.Options, job.Unit, job.Forgotten)));

    /// <summary>Whether a file of the store has the name of answers.</summary>
    public static bool IsAnswer(string name) =>
        name.EndsWith(Extension, StringComparison.Ordinal) && Digest.TryParse(Path.GetFileNameWithoutExtension(name), out _);

    public bool Holds(Digest key) => File.Exists(PathOf(key));

    /// <exception cref="StoreDamagedException">The answers are missing or damaged; damaged ones are removed, so that the next call trains them anew.</exception>
    public ShadowLogits Read(Digest key)
    {
        string path = PathOf(key);
        try
        {
            return ShadowLogits.FromBytes(File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or BadDataException)
        {
            File.Delete(path);
            throw new StoreDamagedException($"What a shadow model said is missing or damaged ({path}). Repeat the command: it trains that one again.", error);
        }
    }

    public void Write(Digest key, ShadowLogits logits)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteAllBytes(PathOf(key), logits.ToBytes());
    }

    /// <summary>Where the run of a job is while it is in work.</summary>
    public string WorkOf(Digest key)
    {
        string work = Path.Combine(folder, WorkName, key.ToString());
        Directory.CreateDirectory(Path.GetDirectoryName(work)!);
        return work;
    }

    private string PathOf(Digest key) => Path.Combine(folder, key + Extension);

    private sealed record Trained(
        int Format, Digest Recipe, Digest Partition, Digest Profile, Digest Data, Digest? Test, IReadOnlyList<int> Excluded);

    private sealed record Unlearned(
        Digest Trained, string Method, IReadOnlyDictionary<string, string> Options, ShadowUnit Unit, IReadOnlyList<int> Forgotten);
}
