using Lethe.Core.Numerics;
using Lethe.Core.Verdicts;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Training;

namespace Lethe.Verification;

/// <summary>Takes the figures of single models that a verdict tests: on the answers, after relearning, after rounding, and on retained neighbours.</summary>
/// <threadsafety instance="false"/>
public sealed class VerdictProbe
{
    private const ulong RandomStream = 0x72616E646F6D;
    private const ulong RelearnStream = 0x72656C6561726E;
    private readonly Evaluator evaluator = new();
    private readonly VerdictScene scene;
    private readonly VerificationPolicy policy;
    private readonly Lazy<float[,]?> random;
    private readonly Lazy<(int[] Retained, int[] Unseen)> neighbours;

    /// <summary>Prepares the measurement.</summary>
    /// <param name="scene">The records and the network.</param>
    /// <param name="policy">What is measured.</param>
    public VerdictProbe(VerdictScene scene, VerificationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(policy);
        (this.scene, this.policy) = (scene, policy);
        random = new Lazy<float[,]?>(() =>
        {
            using var model = scene.CreateRandom?.Invoke(CounterRandom.DeriveSeed(scene.Recipe.Seed, RandomStream));
            return model is null ? null : Ask(model, scene.Data, scene.Forgotten, default).Probabilities;
        });
        neighbours = new Lazy<(int[] Retained, int[] Unseen)>(() => (Nearest(scene.Data, scene.Retained), Nearest(scene.Test!, scene.Unseen)));
    }

    /// <summary>How many retained neighbours are asked about.</summary>
    public int NeighbourCount => AsksNeighbours ? neighbours.Value.Retained.Length : 0;

    private bool AsksNeighbours => policy.Neighbours > 0 && scene.Test is not null && scene.Unseen.Count > 0 && scene.Retained.Count > 0;

    /// <summary>The figures of one model by name: those of <see cref="VerdictMeasures"/> and <see cref="NeighbourAttack.Figure"/>.</summary>
    /// <param name="state">The model.</param>
    /// <param name="forgotten">What it says of the forgotten records.</param>
    /// <param name="unseen">What it says of unseen records of the same distribution; null: none.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    public IReadOnlyDictionary<string, double> Measure(StateDict state, EvaluationResult forgotten, EvaluationResult? unseen, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(forgotten);
        var figures = new SortedDictionary<string, double>(ForgottenFigures.Of(forgotten, unseen).ToDictionary(), StringComparer.Ordinal);
        if (scene.Forgotten.Count == 0) return figures;
        using var model = scene.Create();
        if (random.Value is { } guesses)
            figures[VerdictMeasures.ZeroRetrainForgetting] = ForgottenFigures.IsFinite(forgotten) ? Zrf.Of(forgotten.Probabilities, guesses) : double.NaN;
        if (AsksNeighbours)
        {
            state.CopyTo(model);
            figures[NeighbourAttack.Figure] = NeighbourAttack.Of(
                Ask(model, scene.Data, neighbours.Value.Retained, cancellation), Ask(model, scene.Test!, neighbours.Value.Unseen, cancellation));
        }
        if (policy.Int8Rounding)
        {
            using var rounded = Int8Rounding.Of(state);
            rounded.CopyTo(model);
            Add(ForgottenFigures.Rounded(Ask(model, scene.Data, scene.Forgotten, cancellation)));
        }
        if (policy.RelearnSteps > 0)
        {
            state.CopyTo(model);
            Relearning.Run(
                model, scene.Recipe, scene.Data, scene.Forgotten, policy.RelearnSteps, CounterRandom.DeriveSeed(scene.Recipe.Seed, RelearnStream), cancellation);
            Add(ForgottenFigures.Relearned(Ask(model, scene.Data, scene.Forgotten, cancellation)));
        }
        return figures;

        void Add(IReadOnlyDictionary<string, double> found)
        {
            foreach (var (name, value) in found) figures[name] = value;
        }
    }

    private EvaluationResult Ask(torch.nn.Module<Tensor, Tensor> model, TensorDataset data, IReadOnlyList<int> records, CancellationToken cancellation) =>
        evaluator.Evaluate(model, data, scene.Recipe.Normalization!, records, cancellation);

    private int[] Nearest(TensorDataset pool, IReadOnlyList<int> candidates) =>
        NearestRecords.Find(scene.Recipe.Normalization!, scene.Data, scene.Forgotten, pool, candidates, policy.Neighbours);
}

/// <summary>What models are measured on.</summary>
public sealed record VerdictScene
{
    /// <summary>The resolved recipe of all models.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>Makes a network of the recipe's architecture, on the CPU; the caller owns it.</summary>
    public required Func<torch.nn.Module<Tensor, Tensor>> Create { get; init; }

    /// <summary>Makes such a network with random weights from a seed; null: there is none, and ZRF is left out.</summary>
    public Func<ulong, torch.nn.Module<Tensor, Tensor>>? CreateRandom { get; init; }

    /// <summary>The training data.</summary>
    public required TensorDataset Data { get; init; }

    /// <summary>Unseen data; null: none.</summary>
    public TensorDataset? Test { get; init; }

    /// <summary>The forgotten records.</summary>
    public required IReadOnlyList<int> Forgotten { get; init; }

    /// <summary>Retained records among which neighbours are looked for.</summary>
    public required IReadOnlyList<int> Retained { get; init; }

    /// <summary>Records of <see cref="Test"/> among which neighbours are looked for.</summary>
    public IReadOnlyList<int> Unseen { get; init; } = [];
}
