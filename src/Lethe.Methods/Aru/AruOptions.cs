using Lethe.Methods.Options;
using Lethe.Methods.Resetting;

namespace Lethe.Methods.Aru;

/// <summary>How the slices to reset are chosen: the method and its controls.</summary>
internal enum MaskKind
{
    /// <summary>Least difference between the gradients of the records and of their attack's noise.</summary>
    Attack,

    /// <summary>Drawn by the seed.</summary>
    Random,

    /// <summary>As <see cref="Attack"/>, with uniform noise that nothing has optimised.</summary>
    Noise,

    /// <summary>As <see cref="Attack"/>, but the largest differences.</summary>
    Largest,

    /// <summary>Least difference between the gradients of the records and of as many retained ones (Masked Small Gradients).</summary>
    Msg,

    /// <summary>No reset: the repair alone.</summary>
    None,
}

/// <summary>The options of Attack-and-Reset.</summary>
/// <param name="Mask">How slices are chosen.</param>
/// <param name="Share">Share of each layer's slices that is reset.</param>
/// <param name="Slice">What a slice is.</param>
/// <param name="Layers">Which layers.</param>
/// <param name="LayerName">Only layers whose name contains this; null: all.</param>
/// <param name="Initializer">What reset weights become.</param>
/// <param name="Direction">Where the attack drives the loss.</param>
/// <param name="Epsilon">Largest change of an input.</param>
/// <param name="Steps">Steps of the attack.</param>
/// <param name="StepSize">Change of an input in a step.</param>
/// <param name="Repair">The fine-tuning.</param>
internal sealed record AruOptions(
    MaskKind Mask, double Share, SliceKind Slice, LayerKind Layers, string? LayerName, InitializerKind Initializer,
    AttackDirection Direction, double Epsilon, int Steps, double StepSize, RepairOptions Repair)
{
    private static readonly MethodOption MaskOption = MethodOption.Word(
        "mask", "How slices are chosen; all but attack are controls: random, uniform noise, largest scores, MSG's gradients, no reset.",
        "attack", "random", "noise", "largest", "msg", "none");

    private static readonly MethodOption ShareOption = MethodOption.Number(
        "share", 0.5, "Share of each layer's slices that is reset (0.5: the surviving code of an author).", 0, 1);

    private static readonly MethodOption SliceOption = MethodOption.Word(
        "slice", "What is reset as a whole: a kernel, all kernels of an output channel, or a weight; linear layers go by rows, attention by heads.",
        "kernel", "filter", "weight");

    private static readonly MethodOption LayerNameOption = MethodOption.Text("layer-name", "Only layers whose name contains this text.");

    private static readonly MethodOption InitializerOption = MethodOption.Word(
        "initializer", "What reset weights become: normal by fan-out, 0, or the initial weights of a new model.", "kaiming", "zeros", "model");

    private static readonly MethodOption DirectionOption = MethodOption.Word(
        "attack-direction", "Where the noise drives the loss: minimize as an author's code, maximize as the paper's text.", "minimize", "maximize");

    private static readonly MethodOption EpsilonOption = MethodOption.Positive(
        "attack-epsilon", 8.0 / 255, "Largest change of a pixel in [0, 1]; of a feature, in standard deviations.");

    private static readonly MethodOption StepsOption = MethodOption.Whole("attack-steps", 7, "Steps of the attack.", 1, 10_000);

    private static readonly MethodOption StepSizeOption = MethodOption.Positive("attack-step", 2.0 / 255, "Change of an input in a step of the attack.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MethodOption> All { get; } =
    [
        ShareOption, SliceOption, ResetLayers.Option, LayerNameOption, InitializerOption, MaskOption, DirectionOption, EpsilonOption, StepsOption,
        StepSizeOption, .. RepairOptions.All,
    ];

    public static AruOptions Of(OptionValues values) => new(
        values.Choice<MaskKind>(MaskOption), values.Number(ShareOption), values.Choice<SliceKind>(SliceOption),
        values.Choice<LayerKind>(ResetLayers.Option), values.TextOrNull(LayerNameOption), values.Choice<InitializerKind>(InitializerOption),
        values.Choice<AttackDirection>(DirectionOption), values.Number(EpsilonOption), values.Whole(StepsOption), values.Number(StepSizeOption),
        RepairOptions.Of(values));

    /// <summary>Refuses options that would do nothing.</summary>
    /// <exception cref="Core.Errors.UsageException">An option of the attack without an attack, of the reset without a reset, or of stopping early without it.</exception>
    public static void Check(OptionValues values)
    {
        var mask = values.Choice<MaskKind>(MaskOption);
        var control = $"--mask {values.Word(MaskOption)}";
        if (mask is not (MaskKind.Attack or MaskKind.Largest)) values.RefuseIdle(control, DirectionOption, StepsOption, StepSizeOption);
        if (mask is MaskKind.Random or MaskKind.Msg or MaskKind.None) values.RefuseIdle(control, EpsilonOption);
        if (mask is MaskKind.None) values.RefuseIdle(control, ShareOption, SliceOption, ResetLayers.Option, LayerNameOption, InitializerOption);
        RepairOptions.Check(values);
    }
}
