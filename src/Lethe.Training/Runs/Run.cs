using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Partitions;
using Lethe.Core.Records;
using Lethe.Core.Store;
using Lethe.Training.Datasets;
using Lethe.Training.Scenarios;
using Lethe.Training.Training;

namespace Lethe.Training.Runs;

/// <summary>A run directory: recipe, partition, checkpoints and the index that says which of them count.</summary>
/// <remarks>
/// One writer, held by a lock, and any number of readers. The index file is the single commit point: a process killed at any moment
/// leaves the old or the new state, and what it left beside is removed when the run is next opened for writing.
/// </remarks>
/// <threadsafety instance="false"/>
public sealed partial class Run : IDisposable
{
    private readonly DirectoryLock? writerLock;
    private readonly RunDescription description;
    private readonly FileArtifactStore store;

    private Run(string directory, DirectoryLock? writerLock)
    {
        Directory = directory;
        this.writerLock = writerLock;
        description = RunFiles.ReadDescription(directory);
        Partition = RunFiles.ReadPartition(directory, description.Partition);
        Index = IndexFile.Read(directory);
        store = new FileArtifactStore(directory) { OverwritesOnDelete = writerLock is not null && ErasingMark.IsSet(directory) };
    }

    /// <summary>Absolute path of the directory.</summary>
    public string Directory { get; }

    /// <summary>Whether this process holds the lock and may commit.</summary>
    public bool IsWritable => writerLock is not null;

    /// <summary>The recipe, resolved.</summary>
    public Recipe Recipe => description.Recipe;

    /// <summary>How samples are normalised.</summary>
    public Normalization Normalization => description.Recipe.Normalization!;

    /// <summary>Which record is in which block.</summary>
    public Partition Partition { get; }

    /// <summary>Number of blocks B.</summary>
    public int BlockCount => Partition.BlockCount;

    /// <summary>Which data the run was trained on.</summary>
    public DatasetReference Dataset => description.Dataset;

    /// <summary>Text of the training data's source.</summary>
    public string Source => description.Source;

    /// <summary>Text of the test data's source; null: none.</summary>
    public string? TestSource => description.TestSource;

    /// <summary>The files besides the source that name subjects.</summary>
    public DataOptions DataOptions => new() { SubjectsFile = description.SubjectsFile, WritersFile = description.WritersFile };

    /// <summary>What the canaries in the training data were drawn by; null: none were planted. Read from its file each time.</summary>
    /// <exception cref="StoreDamagedException">The file is missing or not the one that the run was trained with.</exception>
    public CanaryRegistry? Canaries => description.Canaries is { } digest ? CanaryFile.Read(Directory, digest) : null;

    /// <summary>How many people have canaries, and where their registry is, which is not read; null: none were planted.</summary>
    public PlantedCanaries? PlantedCanaries => description.Canaries is null ? null : new(description.CanaryPeople, Path.Combine(Directory, CanaryFile.Name));

    /// <summary>What the run's bits were computed with.</summary>
    public NumericProfile Profile => description.Profile;

    /// <summary>The committed state.</summary>
    public RunIndex Index { get; private set; }

    /// <summary>How far training is, in words.</summary>
    public string Reached => Recipe.Scheme switch
    {
        TrainingScheme.Imported => Index.Status == RunStatus.Ready ? "imported" : "import not finished",
        TrainingScheme.Plain => $"{(Index.Status == RunStatus.Ready ? Recipe.EpochsPerBlock : Index.Unfinished?.Epochs ?? 0)} of {Recipe.EpochsPerBlock} epochs trained",
        TrainingScheme.Sisa => $"{TrainedBlocks} of {BlockCount} slices in {Recipe.Shards} shards trained",
        _ => $"{TrainedBlocks} of {BlockCount} blocks trained",
    };

    /// <summary>How many blocks are trained; slices of a SISA run are, shard beside shard, in any order.</summary>
    public int TrainedBlocks => Index.Status == RunStatus.Ready ? BlockCount : Index.Checkpoints.Skip(1).Count(static checkpoint => checkpoint is not null);

    /// <summary>Objects that belong to the run whatever its state: the network of a run imported from TorchScript.</summary>
    public IReadOnlyList<Digest> Lasting => description.Network is { } network ? [network] : [];

    /// <summary>Checkpoints and other artifacts by digest.</summary>
    public IArtifactStore Store => store;

    /// <summary>Makes a run directory and opens it for writing.</summary>
    /// <param name="directory">A directory that is not there, is empty, or holds an unfinished creation.</param>
    /// <param name="config">What the run is made of; its recipe is resolved.</param>
    /// <exception cref="BadDataException">The directory holds something already.</exception>
    public static Run Create(string directory, RunConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var path = Path.GetFullPath(directory);
        RunFiles.RequireFree(path);
        System.IO.Directory.CreateDirectory(path);
        var writerLock = DirectoryLock.Acquire(path);
        try
        {
            RunFiles.RequireFree(path);
            RunFiles.Write(path, config);
            return new Run(path, writerLock);
        }
        catch
        {
            writerLock.Dispose();
            throw;
        }
    }

    /// <summary>Opens a run.</summary>
    /// <param name="directory">The run directory.</param>
    /// <param name="writable">Takes the lock and removes what a killed process left; false: for reading only.</param>
    /// <exception cref="BadDataException">The directory is no run.</exception>
    /// <exception cref="RunInUseException">Another process has it open for writing.</exception>
    /// <exception cref="StoreDamagedException">A file of the run is damaged.</exception>
    public static Run Open(string directory, bool writable)
    {
        var path = Path.GetFullPath(directory);
        RunFiles.RequireRun(path);
        var writerLock = writable ? DirectoryLock.Acquire(path) : null;
        try
        {
            var run = new Run(path, writerLock);
            if (writable)
            {
                RunFiles.RemoveTemporaries(path, run.Erases);
                run.Collect();
            }
            return run;
        }
        catch
        {
            writerLock?.Dispose();
            throw;
        }
    }

    /// <summary>Reads checkpoint M_k.</summary>
    /// <param name="block">0 for the initial model … B.</param>
    /// <exception cref="BadDataException">Training has not come that far, or a request has destroyed the checkpoint.</exception>
    /// <exception cref="StoreDamagedException">The checkpoint is missing or damaged.</exception>
    public StateDict LoadCheckpoint(int block)
    {
        var digest = Index.Checkpoints[block] ?? throw new BadDataException(WhyMissing(block));
        return Load(digest);
    }

    /// <summary>Reads a stored state.</summary>
    /// <exception cref="StoreDamagedException">It is missing or damaged.</exception>
    public StateDict Load(Digest digest)
    {
        var bytes = Store.Get(digest);
        try
        {
            return StateDict.FromSafetensors(bytes);
        }
        catch (BadDataException error)
        {
            throw new BadDataException($"Object {digest} of run {Directory} holds no model. {error.Message}", error);
        }
    }

    /// <summary>Stores a state; durable and safe from collection only once a commit or a pin names it.</summary>
    public Digest Put(StateDict state)
    {
        ArgumentNullException.ThrowIfNull(state);
        RequireWritable();
        return Store.Put(state.ToSafetensors());
    }

    /// <summary>Records a slice that another process has trained (scheme sisa).</summary>
    /// <param name="slice">Its checkpoint must be in the store.</param>
    public void Add(TrainedSlice slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        Record(Index.WithBlock(slice.Block, slice.Checkpoint, slice.Result, Store.SizeOf(slice.Checkpoint)), durable: false);
    }

    /// <summary>Replaces the run's state in one atomic step, then destroys every object that the new state does not need.</summary>
    /// <param name="next">The next state; its generation is set here.</param>
    public void Commit(RunIndex next)
    {
        ArgumentNullException.ThrowIfNull(next);
        Record(next with { Generation = Index.Generation + 1 }, durable: true);
        Collect();
    }

    /// <summary>Protects an intermediate object of a request until the next commit, also across processes.</summary>
    public void Pin(string requestId, Digest digest)
    {
        RequireWritable();
        PinFile.Append(RequestDirectory(requestId), Index.Generation, digest);
    }

    /// <summary>Gives the directory of a request's files; made when the run is writable.</summary>
    /// <exception cref="UsageException">The identifier is no plain file name.</exception>
    public string RequestDirectory(string id)
    {
        var path = RunFiles.RequestPath(Directory, id);
        if (IsWritable)
        {
            System.IO.Directory.CreateDirectory(path);
        }
        return path;
    }

    /// <summary>Refuses data other than that which the run was trained on.</summary>
    /// <exception cref="BadDataException">The digests differ.</exception>
    public void RequireDataset(DatasetManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        if (manifest.Digest != Dataset.Digest)
        {
            throw new BadDataException(
                $"Data '{manifest.Name}' (digest {manifest.Digest.Short}) is not what run {Directory} was trained on "
                + $"('{Dataset.Name}', digest {Dataset.Digest.Short}). Give the source as it was: {Source}");
        }
    }

    /// <summary>Refuses a run whose training is not complete.</summary>
    /// <exception cref="BadDataException">Blocks or noise-floor points are missing.</exception>
    public void RequireReady()
    {
        if (Index.Status != RunStatus.Ready && Recipe.Scheme == TrainingScheme.Imported)
        {
            throw new BadDataException($"The import into {Directory} was not finished. Delete the directory and import again.");
        }
        if (Index.Status != RunStatus.Ready)
        {
            throw new BadDataException(
                $"Run {Directory} is not trained to the end ({Reached}). "
                + $"Go on with: lethe train --resume {Directory}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => writerLock?.Dispose();

    /// <summary>Whether a block's checkpoint is there and verifies. A damaged one (after a loss of power it may be cut short) counts as not trained from now on.</summary>
    internal bool Holds(int block)
    {
        if (Index.Checkpoints[block] is not { } checkpoint) return false;
        try
        {
            _ = Store.Get(checkpoint);
            return true;
        }
        catch (StoreDamagedException)
        {
            Record(Index.WithoutBlock(block), durable: true);
            Store.Delete(checkpoint);
            return false;
        }
    }

    /// <summary>Replaces the state; a durable one survives a loss of power with all objects that it names.</summary>
    internal void Record(RunIndex next, bool durable)
    {
        RequireWritable();
        if (durable) Store.Flush();
        IndexFile.Write(Directory, next, durable);
        Index = next;
    }

    private void Collect()
    {
        var roots = Index.References().ToHashSet();
        roots.UnionWith(Lasting);
        roots.UnionWith(StagedReferences());
        roots.UnionWith(PinFile.Sweep(RunFiles.RequestsPath(Directory), Index.Generation));
        Store.Collect(roots);
        Store.Flush();
    }

    private string WhyMissing(int block)
    {
        if (Index.Status != RunStatus.Ready)
        {
            return $"Run {Directory} has no checkpoint of block {block}: training stopped after block {Index.LastTrainedBlock}. "
                + $"Go on with: lethe train --resume {Directory}";
        }
        var destroyer = Index.DestroyerOf(block) is { } entry ? $"{entry.Request} ({entry.Method})" : "an earlier request";
        return $"Run {Directory} has no checkpoint of block {block} any more: {destroyer} destroyed it, because it knew the forgotten records. "
            + "The served model is not concerned. A next request with --method retrain writes all checkpoints again.";
    }

    private void RequireWritable()
    {
        if (!IsWritable)
        {
            throw new InvalidOperationException($"Run {Directory} was opened for reading.");
        }
    }
}
