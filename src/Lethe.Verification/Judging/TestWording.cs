using System.Globalization;

namespace Lethe.Verification;

/// <summary>What a figure outside gold's range means.</summary>
internal static class TestWording
{
    public static string OutsideUnlikeOriginal(double value) => !double.IsFinite(value)
        ? "The figure is no finite number."
        : "The untouched original looks like gold here, and the model does not: it betrays that something was done about these records.";

    public static string Outside(double original, double gold, double value)
    {
        if (!double.IsFinite(value)) return "The figure is no finite number.";
        var left = (value - gold) / (original - gold);
        var share = left.ToString(left < 0.1 ? "0.0 %" : "0 %", CultureInfo.InvariantCulture);
        return left switch
        {
            >= 0.9 and <= 1.1 => "As far from gold as the untouched original: nothing of it was forgotten by this measure.",
            > 1.1 => $"Further from gold than the untouched original ({share} of its distance).",
            > 0 => $"Too little was forgotten: {share} of the original's distance from gold is left.",
            _ => "Over-forgotten: the model lies beyond gold, on the side away from the original, and betrays that something was there.",
        };
    }
}
