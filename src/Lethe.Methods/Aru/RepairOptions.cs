using Lethe.Methods.Options;

namespace Lethe.Methods.Aru;

/// <summary>The options of the repair.</summary>
/// <param name="Epochs">Passes over the retained records at most.</param>
/// <param name="Rate">Learning rate of SGD.</param>
/// <param name="Momentum">Momentum of SGD.</param>
/// <param name="BatchSize">Records of a batch.</param>
/// <param name="ValidationShare">Share of each class of the retained records, but never all of one, that decides when to stop; 0: all epochs are done.</param>
/// <param name="Patience">Epochs without a lower validation loss after which it stops.</param>
internal sealed record RepairOptions(int Epochs, double Rate, double Momentum, int BatchSize, double ValidationShare, int Patience)
{
    private static readonly MethodOption EpochsOption = MethodOption.Whole("epochs", 10, "Passes over the retained records, at most.");
    private static readonly MethodOption RateOption = MethodOption.Positive("lr", 0.01, "Learning rate of the repair (SGD).");
    private static readonly MethodOption MomentumOption = MethodOption.Number("momentum", 0.9, "Momentum of the repair, below 1.", 0, 0.9999);
    private static readonly MethodOption BatchOption = MethodOption.Whole("batch-size", 64, "Records of a batch of the repair.", 2);

    private static readonly MethodOption ValidationOption = MethodOption.Number(
        "validation-share", 0.1, "Share of each class of the retained records that is not trained on and decides when to stop; 0: never stop early.", 0, 0.9);

    private static readonly MethodOption PatienceOption = MethodOption.Whole(
        "patience", 2, "Epochs without a lower validation loss after which the repair stops and takes its best epoch.");

    public static IReadOnlyList<MethodOption> All { get; } = [EpochsOption, RateOption, MomentumOption, BatchOption, ValidationOption, PatienceOption];

    /// <summary>Refuses options that would do nothing.</summary>
    /// <exception cref="Core.Errors.UsageException">The repair never stops early and is to have patience.</exception>
    public static void Check(OptionValues values)
    {
        if (values.Number(ValidationOption) == 0) values.RefuseIdle("--validation-share 0", PatienceOption);
    }

    public static RepairOptions Of(OptionValues values) => new(
        values.Whole(EpochsOption), values.Number(RateOption), values.Number(MomentumOption), values.Whole(BatchOption),
        values.Number(ValidationOption), values.Whole(PatienceOption));
}
