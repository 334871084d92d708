using System.Globalization;
using Lethe.Core.Plans;
using Lethe.Methods.Editing;
using Lethe.Methods.Resetting;

namespace Lethe.Methods.Aru;

/// <summary>
/// Attack-and-Reset (Jung, Cho, Hsu, Hockenmaier 2024), reconstructed: the paper's full text and code are not public. Slices of weights whose
/// gradient is the same for the records to forget and for noise made from them are reset, then the model is repaired on what stays.
/// </summary>
internal sealed class AruMethod : EditingMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "aru";

    private const ulong RandomPurpose = 0x52414E44;

    public override MethodDescriptor Descriptor { get; } = new(
        Name, "Attack-and-Reset: reset the weights that noise pulls at like the records do, then repair", Granularity.Records | Granularity.Subjects,
        MethodNeeds.ForgetSet | MethodNeeds.RetainSet, Guarantee.Heuristic, "Jung et al. 2024, arXiv 2401.08998, reconstructed")
    {
        Options = AruOptions.All,
        Contradictions = AruOptions.Check,
    };

    /// <summary>How many of a layer's slices are reset: ⌊share · slices⌋.</summary>
    public static int CountOf(ResetLayer layer, double share) => (int)Math.Floor(share * layer.Slices);

    protected override string? Refusal(EditTask task)
    {
        var options = AruOptions.Of(task.Options);
        if (new Repair(task, options.Repair).Training.Count < 2)
            return $"{Name} repairs the model on retained records, and apart from the validation share fewer than two would stay.";
        if (options.Mask == MaskKind.None) return null;
        if (options.Initializer == InitializerKind.Model && task.Recipe.IsScript)
            return "A TorchScript model does not say how it was initialised: choose --initializer kaiming or zeros.";
        if (options.Mask != MaskKind.Random && BatchNormOfOne.Refusal(task) is { } refusal) return refusal;
        using var module = task.Run.CreateModel();
        return ResetLayers.Of(module, options.Layers, options.Slice, options.LayerName).Count == 0
            ? $"The model {task.Recipe.Model} has no layer to reset of the kind asked for: choose other --layers or --layer-name."
            : null;
    }

    protected override IEnumerable<Phase> Phases(EditTask task)
    {
        var options = AruOptions.Of(task.Options);
        var repair = new Repair(task, options.Repair);
        if (options.Mask != MaskKind.None)
        {
            yield return new Phase(Describe(task, options), SliceScores.Price(task, options), edit => Reset(edit, options));
        }
        yield return new Phase($"repair on {repair.Training.Count} retained records, at most {options.Repair.Epochs} epochs", repair.Samples, repair.Do);
    }

    private static string Describe(EditTask task, AruOptions options) => string.Create(CultureInfo.InvariantCulture,
        $"{Choice(options.Mask)} and reset {options.Share:0.#%} of each layer ({task.Forgotten.Count} records)");

    private static string Choice(MaskKind mask) => mask switch
    {
        MaskKind.Random => "draw slices",
        MaskKind.Noise => "draw noise, score slices",
        MaskKind.Msg => "score slices against retained records",
        _ => "attack, score slices",
    };

    private static void Reset(Edit edit, AruOptions options)
    {
        var layers = ResetLayers.Of(edit.Module, options.Layers, options.Slice, options.LayerName);
        var scores = options.Mask == MaskKind.Random ? null : new SliceScores(edit, options, layers).Compute();
        var initializer = new Initializer(edit, options.Initializer);
        var shares = new double[layers.Count];
        for (var i = 0; i < layers.Count; i++)
        {
            var count = CountOf(layers[i], options.Share);
            var flags = scores is null ? SliceChoice.Drawn(layers[i].Slices, count, edit.Seed(RandomPurpose, (ulong)i))
                : options.Mask == MaskKind.Largest ? SliceChoice.Largest(scores[i], count)
                : SliceChoice.Smallest(scores[i], count);
            initializer.Reset(layers[i], flags);
            shares[i] = (double)count / layers[i].Slices;
        }
        edit.Memory.Tell("share reset", shares, [.. layers.Select(layer => layer.Name)]);
    }
}
