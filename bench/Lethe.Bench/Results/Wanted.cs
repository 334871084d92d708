namespace Lethe.Bench.Results;

/// <summary>How every page says whether a figure is what was wanted.</summary>
internal static class Wanted
{
    private const double Rounding = 1e-9;

    /// <summary>Whether a difference or mean reaches a limit; what is short of it by rounding alone does.</summary>
    public static bool AtLeast(double value, double least) => value >= least - Rounding;

    public static string Of(bool reached, string figure) => $"{(reached ? "holds" : "MISS")} ({figure})";
}
