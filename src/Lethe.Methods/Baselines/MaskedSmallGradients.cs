using Lethe.Core.Plans;
using Lethe.Methods.Editing;
using Lethe.Methods.Options;
using Lethe.Methods.Resetting;
using Lethe.Torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Baselines;

/// <summary>
/// Masked Small Gradients, of the runner-up family of the NeurIPS 2023 unlearning competition: in each layer the weights at which the
/// records to forget and as many retained ones pull most equally are initialised anew; then all train on, and kept weights of these layers
/// take a tenth of their gradient.
/// </summary>
internal sealed class MaskedSmallGradients : EditingMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "msg";

    /// <summary>Factor of the gradient of weights that were not reset.</summary>
    public const double KeptFactor = 0.1;

    private const string MaskName = "gradient factor of ";
    private const ulong DrawPurpose = 0x44524157;

    private static readonly MethodOption Share = MethodOption.Number("share", 0.3, "Share of each layer's weights that is initialised anew.", 0, 1);
    private static readonly MethodOption Epochs = MethodOption.Whole("epochs", 5, "Passes over the retained records.");
    private static readonly MethodOption Rate = MethodOption.Positive("lr", 1e-3, "Largest learning rate; it rises over the first half of the epochs and falls over the second.");
    private static readonly MethodOption Momentum = MethodOption.Number("momentum", 0.9, "Momentum of SGD, below 1.", 0, 0.9999);
    private static readonly MethodOption Decay = MethodOption.Number("weight-decay", 5e-4, "Weight decay.", 0);
    private static readonly MethodOption BatchSize = MethodOption.Whole("batch-size", 64, "Records of a batch.", 2);

    public override MethodDescriptor Descriptor { get; } = new(
        Name, "Masked Small Gradients: initialise anew what the records do not tell apart, then train on", Granularity.Any,
        MethodNeeds.ForgetSet | MethodNeeds.RetainSet, Guarantee.Heuristic, "NeurIPS 2023 unlearning competition; Cadet et al. 2024, arXiv 2410.01276")
    {
        Options = [Share, ResetLayers.Option, Epochs, Rate, Momentum, Decay, BatchSize],
    };

    /// <summary>The rate of an epoch, from 1: a rise over the first (epochs + 1) / 2, then a fall that would reach 0 one epoch after the last.</summary>
    public static double RateAt(double most, int epoch, int epochs)
    {
        var rise = (epochs + 1) / 2;
        return epoch <= rise ? most * epoch / rise : most * (epochs + 1 - epoch) / (epochs + 1 - rise);
    }

    /// <summary>A step down a loss, with the gradients of some weights multiplied before momentum and weight decay see them.</summary>
    public static void Step(torch.optim.Optimizer optimizer, Tensor loss, IReadOnlyList<(Tensor Weight, Tensor Factor)> factors)
    {
        optimizer.zero_grad();
        loss.backward();
        foreach (var (weight, factor) in factors) weight.grad?.mul_(factor);
        optimizer.step();
    }

    protected override string? Refusal(EditTask task)
    {
        if (BatchNormOfOne.Refusal(task) is { } refusal) return refusal;
        using var module = task.Run.CreateModel();
        return LayersOf(module, task.Options).Count == 0
            ? $"The model {task.Recipe.Model} has no layer to reset of the kind asked for (its classifier stays): choose other --layers, or another method."
            : null;
    }

    protected override IEnumerable<Phase> Phases(EditTask task)
    {
        var compared = Math.Min(task.Forgotten.Count, task.Retained.Count);
        yield return new Phase(
            $"compare gradients of {task.Forgotten.Count} records and {compared} retained ones, reset", task.Forgotten.Count + compared, Reset)
        {
            KeptBytes = () => MaskBytes(task),
        };
        var epochs = task.Options.Whole(Epochs);
        yield return new Phase($"{Passes(epochs)} over the retained records", (long)epochs * task.Retained.Count, Repair);
    }

    private static IReadOnlyList<ResetLayer> LayersOf(torch.nn.Module module, OptionValues options) =>
        ResetLayers.Of(module, options.Choice<LayerKind>(ResetLayers.Option), SliceKind.Weight, shortcuts: true);

    private static long MaskBytes(EditTask task)
    {
        using var module = task.Run.CreateModel();
        return LayersOf(module, task.Options).Sum(layer => layer.Weight.numel()) * sizeof(float);
    }

    private static void Reset(Edit edit)
    {
        var layers = LayersOf(edit.Module, edit.Options);
        var scores = Scores(edit, layers);
        var initializer = new Initializer(edit, InitializerKind.Kaiming);
        var shares = new double[layers.Count];
        for (var i = 0; i < layers.Count; i++)
        {
            var flags = SliceChoice.Smallest(scores[i], (int)Math.Round(edit.Options.Number(Share) * layers[i].Slices));
            initializer.Reset(layers[i], flags);
            shares[i] = (double)flags.Count(flag => flag) / flags.Length;
            using var scope = torch.NewDisposeScope();
            edit.Memory.Keep(MaskName + layers[i].Name, layers[i].Spread(flags).to(ScalarType.Float32) * (1 - KeptFactor) + KeptFactor);
        }
        edit.Memory.Tell("share reset", shares, [.. layers.Select(layer => layer.Name)]);
    }

    private static float[][] Scores(Edit edit, IReadOnlyList<ResetLayer> layers)
    {
        var batchSize = edit.Options.Whole(BatchSize);
        using var sum = new GradientSum(edit.Module, edit.Logits, layers);
        edit.Each(edit.Retained.Draw(edit.Forgotten.Count, edit.Seed(DrawPurpose)), batchSize, batch => sum.Add(batch.Input, batch.Target, 1));
        edit.Each(edit.Forgotten, batchSize, batch => sum.Add(batch.Input, batch.Target, -1), pass: 1);
        return [.. Enumerable.Range(0, layers.Count).Select(sum.Scores)];
    }

    private static void Repair(Edit edit)
    {
        var factors = LayersOf(edit.Module, edit.Options).Select(layer => (layer.Weight, Factor: Factor(edit, layer.Name))).ToList();
        var (epochs, most) = (edit.Options.Whole(Epochs), edit.Options.Number(Rate));
        using var optimizer = torch.optim.SGD(
            edit.Module.parameters(), most, edit.Options.Number(Momentum), weight_decay: edit.Options.Number(Decay));
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            optimizer.LearningRate = RateAt(most, epoch, epochs);
            edit.Each(
                edit.Retained, edit.Options.Whole(BatchSize),
                batch => Step(optimizer, F.cross_entropy(edit.Logits(batch.Input), batch.Target), factors), epoch, augment: true);
        }
        foreach (var (_, factor) in factors) factor.Dispose();
    }

    private static Tensor Factor(Edit edit, string layer)
    {
        using var kept = edit.Memory.Kept(MaskName + layer);
        edit.Memory.Drop(MaskName + layer);
        return kept.to(torch.device(edit.Recipe.Device), copy: true);
    }
}
