using Lethe.Core.Errors;
using Lethe.Methods.Options;

namespace Lethe.Methods.DeepObliviate;

/// <summary>When to stop, and whether gaps between deleted blocks are stitched over too.</summary>
internal sealed record DeepObliviateOptions(StopOptions Stop, bool Jump)
{
    private static readonly MethodOption Mode = MethodOption.Word("stop", "The rule that ends retraining.", "floor", "fit", "dfa");
    private static readonly MethodOption Epsilon = MethodOption.Positive(
        "epsilon", null, "The slope at which fit and dfa stop, relative to the first residual; 0.005 for fit, 0.001 for dfa by default.");
    private static readonly MethodOption Raw = MethodOption.Flag("raw-epsilon", "--epsilon is absolute, not relative.");
    private static readonly MethodOption FloorFactor = MethodOption.Positive("floor-factor", 1, "floor stops at this many noise floors.");
    private static readonly MethodOption MaxChange = MethodOption.Positive(
        "max-change", StopOptions.DefaultMaxChange, "floor stops only where the block's new update differs from the stored one by at most this share of it.");
    private static readonly MethodOption Patience = MethodOption.Whole("patience", 1, "Blocks in a row for which the stop rule must hold.");
    private static readonly MethodOption Minimum = MethodOption.Whole(
        "min-blocks", null, "The least number of blocks to retrain from the last deleted one on; 1 for floor, 10 for fit and dfa by default.");
    private static readonly MethodOption JumpOption = MethodOption.Flag("jump", "Stop and stitch between distant blocks, too.");

    public static IReadOnlyList<MethodOption> All { get; } = [Mode, Epsilon, Raw, FloorFactor, MaxChange, Patience, Minimum, JumpOption];

    /// <summary>Refuses options that contradict each other.</summary>
    /// <exception cref="UsageException">Which do, and what to do.</exception>
    public static void RequireMeant(OptionValues values)
    {
        var mode = values.Choice<StopMode>(Mode);
        if (mode == StopMode.Floor && values.IsGiven(Epsilon))
            throw new UsageException("--epsilon is the bound of --stop fit and --stop dfa; the stop rule floor has none. Add --stop fit or --stop dfa, or leave it out.");
        if (mode != StopMode.Floor && values.IsGiven(FloorFactor))
            throw new UsageException("--floor-factor belongs to --stop floor. Leave it out, or choose that rule.");
        if (mode != StopMode.Floor && values.IsGiven(MaxChange))
            throw new UsageException("--max-change belongs to --stop floor. Leave it out, or choose that rule.");
        if (values.Flag(Raw) && !values.IsGiven(Epsilon))
            throw new UsageException("--raw-epsilon makes --epsilon absolute and needs it. Add --epsilon E, or leave it out.");
    }

    public static DeepObliviateOptions From(OptionValues values)
    {
        var stop = new StopOptions
        {
            Mode = values.Choice<StopMode>(Mode),
            Epsilon = values.NumberOrNull(Epsilon),
            Raw = values.Flag(Raw),
            FloorFactor = values.Number(FloorFactor),
            MaxChange = values.Number(MaxChange),
            Patience = values.Whole(Patience),
            Minimum = values.WholeOrNull(Minimum),
        };
        return new DeepObliviateOptions(stop.Validated(), values.Flag(JumpOption));
    }
}
