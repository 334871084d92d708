namespace Lethe.Verification;

/// <summary>Share of records that two models put into the same class; to be read beside gold against gold.</summary>
public static class Agreement
{
    /// <summary>Agreement in [0, 1]; NaN without records.</summary>
    /// <param name="left">(N) classes predicted by one model.</param>
    /// <param name="right">(N) classes predicted by the other, same records in the same order.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Between(ReadOnlySpan<int> left, ReadOnlySpan<int> right) => ClassAccuracy.Total(left, right);
}
