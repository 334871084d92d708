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

/// <summary>Gold models of a run's candidate, or of the run where no candidate waits; kept until the run forgets more: a gold model of before has seen what was forgotten since.</summary>
internal sealed class GoldCache(Run run, TensorDataset data, TimeProvider time, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    private const string FolderName = "gold";
    private readonly IReadOnlyList<int> _deleted = HeldCandidate.Open(run)?.Next.Deleted ?? run.Index.Deleted;

    /// <summary>How many of the models that were asked for did not have to be trained.</summary>
    public int Reused { get; private set; }

    public static string Folder(string run) => Path.Combine(run, FolderName);

    /// <summary>The key of the gold models that belong to the run's present state: recipe, profile and what is deleted.</summary>
    public static string KeyOf(Run run) => KeyOf(run, run.Index.Deleted);

    /// <summary>The key of gold models that were trained without given records.</summary>
    /// <param name="run">The run.</param>
    /// <param name="deleted">The record numbers, ascending; for a candidate those of its next state.</param>
    public static string KeyOf(Run run, IReadOnlyList<int> deleted) =>
        Digest.OfText(CanonicalJson.Serialize(new Identity(run.Recipe.Digest, run.Profile.Digest, deleted))).Short;

    /// <summary>How many gold models the next state of a run makes stale.</summary>
    public static int CountStale(Run run, IReadOnlyList<int> deleted) => StaleModels(run, deleted).Count();

    /// <summary>Digests of the gold models that the next state of a run makes stale, ascending.</summary>
    public static IReadOnlyList<Digest> Stale(Run run, IReadOnlyList<int> deleted) => [.. StaleModels(run, deleted).Select(path => Digest.Of(File.ReadAllBytes(path))).Order()];

    private static IEnumerable<string> StaleModels(Run run, IReadOnlyList<int> deleted)
    {
        string folder = Folder(run.Directory), key = KeyOf(run, deleted);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.safetensors").Where(path => !Path.GetFileName(path).StartsWith(key, StringComparison.Ordinal)) : [];
    }

    /// <summary>Destroys the gold models of other states than the run's and its candidate's: they may have seen what was forgotten since.</summary>
    public static void DestroyStale(Run run)
    {
        string folder = Folder(run.Directory), key = KeyOf(run);
        string? candidate = HeldCandidate.Open(run) is { } held ? KeyOf(run, held.Next.Deleted) : null;
        bool IsStale(string name) => !name.StartsWith(key, StringComparison.Ordinal) && (candidate is null || !name.StartsWith(candidate, StringComparison.Ordinal));
        foreach (string path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder).ToList() : [])
        {
            if (IsStale(Path.GetFileName(path)))
                ErasedFile.Delete(path, run.Erases);
        }
    }

    /// <summary>How many of some gold models are kept from before.</summary>
    public int CountKept(IEnumerable<ulong> seeds) => seeds.Count(seed => FilesOf(seed) is var (model, cost) && File.Exists(model) && File.Exists(cost));

    public GoldModel Get(ulong seed)
    {
        var (model, cost) = FilesOf(seed);
        if (Read(model, cost, seed) is { } known)
        {
            Reused++;
            return known;
        }

        var trained = GoldTraining.Train(run, data, _deleted.ToHashSet(), seed, time, progress, cancellation);
        byte[] stored = trained.State.ToSafetensors();
        Directory.CreateDirectory(Folder(run.Directory));
        AtomicFile.WriteAllBytes(model, stored);
        AtomicFile.WriteAllText(cost, CanonicalJson.Serialize(new CachedCost(Digest.Of(stored), trained.Cost)));
        return trained;
    }

    private (string Model, string Cost) FilesOf(ulong seed)
    {
        string stem = Path.Combine(Folder(run.Directory), $"{KeyOf(run, _deleted)}-{seed.ToString(CultureInfo.InvariantCulture)}");
        return (stem + ".safetensors", stem + ".json");
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

    private sealed record Identity(Digest Recipe, Digest Profile, IReadOnlyList<int> Deleted);

    private sealed record CachedCost(Digest Model, CostAccount Cost);
}
