using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Progress;
using Lethe.Core.Records;
using Lethe.Core.Store;
using Lethe.Methods.Retrain;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Gold models of a run, kept until the run forgets more: a gold model of before has seen what was forgotten since.</summary>
internal sealed class GoldCache(Run run, TensorDataset data, TimeProvider time, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    private const string FolderName = "gold";

    /// <summary>How many of the models that were asked for did not have to be trained.</summary>
    public int Reused { get; private set; }

    public static string Folder(string run) => Path.Combine(run, FolderName);

    /// <summary>The key of the gold models that belong to the run's present state: recipe, profile and what is deleted.</summary>
    public static string KeyOf(Run run) => Digest.OfText(CanonicalJson.Serialize(new Identity(run.Recipe.Digest, run.Profile.Digest, run.Index.Deleted))).Short;

    /// <summary>Destroys all gold models.</summary>
    /// <returns>How many there were.</returns>
    public static int Destroy(string run) => Destroy(run, _ => true);

    /// <summary>Destroys the gold models of earlier states of the run.</summary>
    public static int DestroyStale(Run run)
    {
        string key = KeyOf(run);
        return Destroy(run.Directory, name => !name.StartsWith(key, StringComparison.Ordinal));
    }

    public GoldModel Get(ulong seed)
    {
        string stem = Path.Combine(Folder(run.Directory), $"{KeyOf(run)}-{seed.ToString(CultureInfo.InvariantCulture)}");
        string model = stem + ".safetensors", cost = stem + ".json";
        if (Read(model, cost, seed) is { } known)
        {
            Reused++;
            return known;
        }

        var trained = GoldTraining.Train(run, data, run.Index.Deleted.ToHashSet(), seed, time, progress, cancellation);
        byte[] stored = trained.State.ToSafetensors();
        Directory.CreateDirectory(Folder(run.Directory));
        AtomicFile.WriteAllBytes(model, stored);
        AtomicFile.WriteAllText(cost, CanonicalJson.Serialize(new CachedCost(Digest.Of(stored), trained.Cost)));
        return trained;
    }

    /// <summary>A stored model, or null where it is missing or damaged: it can be trained again.</summary>
    private static GoldModel? Read(string model, string cost, ulong seed)
    {
        if (!File.Exists(model) || !File.Exists(cost))
            return null;
        try
        {
            var known = CanonicalJson.Deserialize<CachedCost>(File.ReadAllText(cost));
            byte[] bytes = File.ReadAllBytes(model);
            return Digest.Of(bytes) == known.Model ? new GoldModel(StateDict.FromSafetensors(bytes), seed, known.Cost) : null;
        }
        catch (BadDataException)
        {
            return null;
        }
    }

    private static int Destroy(string run, Func<string, bool> stale)
    {
        string folder = Folder(run);
        if (!Directory.Exists(folder))
            return 0;
        int models = 0;
        foreach (string path in Directory.EnumerateFiles(folder).ToList())
        {
            if (!stale(Path.GetFileName(path)))
                continue;
            File.Delete(path);
            models += path.EndsWith(".safetensors", StringComparison.Ordinal) ? 1 : 0;
        }

        return models;
    }

    private sealed record Identity(Digest Recipe, Digest Profile, IReadOnlyList<int> Deleted);

    private sealed record CachedCost(Digest Model, CostAccount Cost);
}
