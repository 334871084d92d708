using Lethe.Core.Numerics;
using Lethe.Methods.Options;
using Lethe.Methods.Parameters;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Training;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Editing;

/// <summary>
/// What a phase works with: the model it edits and the records it may read. A method reads no record that earlier requests forgot, none of
/// D_f or D_r unless it declares that it needs them, and every sample that goes through a model is counted.
/// </summary>
internal sealed class Edit : IDisposable
{
    private const int PassesOfPhase = 10_000;
    private const ulong OrderPurpose = 1, DropoutPurpose = 2, FreshPurpose = 3, AugmentPurpose = 4;

    private readonly TrainingSamples _samples;
    private readonly HashSet<int> _readable;
    private readonly List<IDisposable> _owned = [];
    private torch.nn.Module<Tensor, Tensor>? _original;
    private ulong _dropped;

    public Edit(EditTask task, TensorDataset data)
    {
        Task = task;
        _samples = new TrainingSamples(task.Recipe, data, task.Seed(AugmentPurpose));
        _readable = [.. Allowed(task, MethodNeeds.ForgetSet, task.Forgotten), .. Allowed(task, MethodNeeds.RetainSet, task.Retained)];
        Module = Served();
    }

    public EditTask Task { get; }

    public OptionValues Options => Task.Options;

    public Recipe Recipe => Task.Recipe;

    /// <summary>D_f.</summary>
    public RecordSet Forgotten => Task.Forgotten;

    /// <summary>D_r.</summary>
    public RecordSet Retained => Task.Retained;

    /// <summary>The model that is edited.</summary>
    public torch.nn.Module<Tensor, Tensor> Module { get; }

    /// <summary>The model as it was before the request, frozen and in evaluation mode.</summary>
    public torch.nn.Module<Tensor, Tensor> Original => _original ??= Frozen(Own(Served()));

    /// <summary>Number of the running phase, from 1.</summary>
    public int Phase { get; private set; }

    /// <summary>Asked for before every batch.</summary>
    public CancellationToken Cancellation { get; private set; }

    /// <summary>Samples that went through a model.</summary>
    public long Samples { get; private set; }

    /// <summary>Bytes of checkpoints that the running phase read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>What the method keeps from phase to phase, and tells.</summary>
    public EditMemory Memory { get; private set; } = new();

    /// <summary>Starts a phase on what the one before left.</summary>
    public void Begin(int phase, EditMemory memory, CancellationToken cancellation) =>
        (Phase, Memory, Samples, BytesRead, Cancellation, _dropped) = (phase, memory, 0, 0, cancellation, 0);

    /// <summary>A seed of this phase.</summary>
    public ulong Seed(params ReadOnlySpan<ulong> path) => Task.Seed([(ulong)Phase, .. path]);

    /// <summary>A generator of this phase; freed with the edit.</summary>
    public Generator Generator(params ReadOnlySpan<ulong> path) => Own(new Generator(Seed(path), torch.device(Recipe.Device)));

    /// <summary>
    /// A model of the same architecture with new initial weights, on the recipe's device; freed with the edit. Layers of a TorchScript
    /// network start as PyTorch's do.
    /// </summary>
    public torch.nn.Module<Tensor, Tensor> Fresh(ulong stream = 0)
    {
        using var generator = new Generator(Task.Seed(FreshPurpose, stream), Recipe.IsScript ? torch.device(Recipe.Device) : torch.CPU);
        if (Recipe.IsScript)
        {
            var copy = Own(Served());
            foreach (var layer in ParameterLayer.Of(copy)) layer.Reinitialise(generator);
            return copy;
        }
        var module = Own(ModelCatalog.Create(Task.Run.ModelSpec, generator));
        _samples.Place(module);
        return module;
    }

    /// <summary>M_k, on the CPU; the caller's.</summary>
    /// <param name="block">0 for the initial model … B.</param>
    /// <exception cref="Core.Errors.BadDataException">An earlier request destroyed it.</exception>
    public StateDict Checkpoint(int block)
    {
        if (!Task.Method.Needs.HasFlag(MethodNeeds.BlockCheckpoints))
            throw new InvalidOperationException($"{Task.Method.Name} read checkpoint {block}, which its needs ({Task.Method.Needs}) do not cover.");
        var state = Task.Run.LoadCheckpoint(block);
        BytesRead += Task.Run.Store.SizeOf(Task.Run.Index.Checkpoints[block]!.Value);
        return state;
    }

    /// <summary>The parameters of the edited model by name, in its own order: inputs first, classifier last.</summary>
    public IReadOnlyList<(string Name, Tensor Parameter)> Parameters() => [.. Module.named_parameters().Select(entry => (entry.name, entry.parameter))];

    /// <summary>The records of a set in batches. The last one is smaller, but never a single record: batch normalisation needs two.</summary>
    /// <param name="set">A set that the method may read.</param>
    /// <param name="size">Records of a full batch.</param>
    /// <param name="pass">Number of the pass in this phase: another pass, another order.</param>
    /// <param name="shuffle">In random order; otherwise ascending.</param>
    public IReadOnlyList<int[]> Batches(RecordSet set, int size, int pass = 0, bool shuffle = true)
    {
        int[] order = [.. set.Records];
        if (shuffle) new CounterRandom(Seed(OrderPurpose, (ulong)pass)).Shuffle<int>(order);
        var batches = new List<int[]>();
        var start = 0;
        foreach (var count in BatchSizes.Of(order.Length, size))
        {
            batches.Add(order[start..(start + count)]);
            start += count;
        }
        return batches;
    }

    /// <summary>Reads a set batch by batch; what is made for a batch is freed before the next.</summary>
    /// <param name="set">A set that the method may read.</param>
    /// <param name="size">Records of a full batch.</param>
    /// <param name="use">What to do with a batch.</param>
    /// <param name="pass">Number of the pass in this phase: another pass, another order and augmentation.</param>
    /// <param name="augment">With the recipe's augmentation.</param>
    /// <param name="shuffle">In random order; otherwise ascending.</param>
    public void Each(
        RecordSet set, int size, Action<EditBatch> use, int pass = 0, bool augment = false, bool shuffle = true)
    {
        foreach (var records in Batches(set, size, pass, shuffle))
        {
            Cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            use(Read(records, augment ? pass : null));
        }
    }

    /// <summary>Reads records in the order given, into the open dispose scope.</summary>
    /// <param name="records">Record numbers that the method may read.</param>
    /// <param name="augmentedPass">Number of the pass that augmentation depends on; null: none.</param>
    public EditBatch Read(int[] records, int? augmentedPass = null)
    {
        foreach (var record in records)
        {
            if (!_readable.Contains(record))
                throw new InvalidOperationException($"{Task.Method.Name} read record {record}, which its needs ({Task.Method.Needs}) do not cover.");
        }
        Count(records.Length);
        var (input, target) = augmentedPass is { } pass ? _samples.ReadAugmented(records, Phase * PassesOfPhase + pass) : _samples.Read(records);
        return new EditBatch(records, input, target);
    }

    /// <summary>Counts samples that no <see cref="Batches"/> gave, such as noise.</summary>
    public void Count(long samples) => Samples += samples;

    /// <summary>Runs a model with the recipe's arithmetic: logits (n, classes), Float32.</summary>
    public Tensor Logits(torch.nn.Module<Tensor, Tensor> module, Tensor input)
    {
        if (module is ScriptModule { training: true } script) script.SeedOfNextPass = Seed(DropoutPurpose, _dropped++);
        if (!module.training || module is not IUsesDropout { DropoutProbability: > 0 } drops) return _samples.Logits(module, input);
        var rows = (int)input.shape[0];
        using var masks = new DropoutMasks(Seed(DropoutPurpose, _dropped++), rows, [.. Enumerable.Range(0, rows)], input.device);
        drops.SetDropoutMasks(masks);
        var logits = _samples.Logits(module, input);
        drops.SetDropoutMasks(null);
        return logits;
    }

    /// <summary>Logits of the edited model.</summary>
    public Tensor Logits(Tensor input) => Logits(Module, input);

    /// <summary>Mean loss and accuracy of the edited model on a set, in evaluation mode; the mode is restored.</summary>
    public (double Loss, double Accuracy) Evaluate(RecordSet set)
    {
        const int size = 1000;
        var (loss, hits, training) = (0.0, 0.0, Module.training);
        Module.eval();
        Each(set, size, batch =>
        {
            using var noGrad = torch.no_grad();
            var logits = Logits(batch.Input);
            loss += F.cross_entropy(logits, batch.Target, reduction: torch.nn.Reduction.Sum).ToDouble();
            hits += logits.argmax(1).eq(batch.Target).sum().ToDouble();
        }, shuffle: false);
        Module.train(training);
        return (loss / set.Count, hits / set.Count);
    }

    public void Dispose()
    {
        _owned.ForEach(part => part.Dispose());
        Module.Dispose();
        _samples.Dispose();
    }

    private static IEnumerable<int> Allowed(EditTask task, MethodNeeds need, RecordSet set) => task.Method.Needs.HasFlag(need) ? set.Records : [];

    private torch.nn.Module<Tensor, Tensor> Served()
    {
        var module = Task.Run.CreateModel(Task.Run.Index.Served!.Value);
        _samples.Place(module);
        return module;
    }

    private static torch.nn.Module<Tensor, Tensor> Frozen(torch.nn.Module<Tensor, Tensor> module)
    {
        foreach (var parameter in module.parameters()) parameter.requires_grad = false;
        module.eval();
        return module;
    }

    private T Own<T>(T part) where T : IDisposable
    {
        _owned.Add(part);
        return part;
    }
}
