using Lethe.Reports;
using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>Turns the losses of blocks into the report's memory curve.</summary>
internal static class MemoryFigures
{
    /// <param name="blocks">Losses of retained records of block 1, 2 …; a block may have none.</param>
    /// <param name="unseen">Losses of unseen records of classes that stay.</param>
    public static MemoryCurve Of(IReadOnlyList<float[]> blocks, float[] unseen)
    {
        if (Array.Exists(unseen, float.IsNaN) || blocks.Any(block => Array.Exists(block, float.IsNaN)))
            return new MemoryCurve(Mean(unseen), [.. blocks.Select(Mean)]);
        var profile = MemoryProfile.Of(blocks, unseen);
        return new MemoryCurve(profile.UnseenLoss, [.. profile.Points.Select(point => point.Loss)])
        {
            BlockAucs = [.. profile.Points.Select(point => point.Auc)],
            ChanceAucs = [.. profile.Points.Select(point => point.ChanceAuc)],
            NothingLeftFrom = profile.NothingLeftFrom,
            DetectableAuc = double.IsNaN(profile.DetectableAuc) ? null : profile.DetectableAuc,
            Explanation = Explain(profile) is { } words ? words + Caveat(profile) : null,
        };
    }

    private static string? Explain(MemoryProfile profile)
    {
        if (profile.Points.All(point => double.IsNaN(point.Auc)))
            return null;
        string silence = FormattableString.Invariant($"memory with an AUC of {profile.DetectableAuc:0.000} would have been found in four of five cases");
        return profile.NothingLeftFrom switch
        {
            null => "An attack on the loss still finds memory of the oldest block: no record is too old to be forgotten.",
            0 => $"An attack on the loss tells no block's records from unseen ones, not even the youngest block's: nothing is left to forget that it could find ({silence}).",
            1 => $"An attack on the loss finds memory only where it looks at the youngest block too. In all blocks before it, taken together, nothing is left to forget that it could find ({silence}).",
            int age => $"An attack on the loss finds memory up to age {age - 1}, not necessarily of every block. In blocks of age {age} and more, all taken together, nothing is left to forget that it could find ({silence}).",
        };
    }

    /// <summary>An attack that is wrong more often than chance allows: the block's records are harder than unseen ones, whatever the model remembers.</summary>
    private static string Caveat(MemoryProfile profile) =>
        profile.Points.Where(point => point.Auc < 1 - point.ChanceAuc).MinBy(point => point.Auc) is not { } hardest ? ""
        : FormattableString.Invariant($" Careful: the records of block {hardest.Block} are harder than unseen ones by more than chance explains (AUC {hardest.Auc:0.000}), so that blocks differ from unseen records by nature, as where each holds a few people's. The ages can be off by that.");

    private static double Mean(float[] losses) => losses.Length == 0 ? double.NaN : losses.Average(loss => (double)loss);
}
