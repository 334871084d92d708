namespace Lethe.Verification;

/// <summary>Residual memory beside the training noise: a ratio of at most 1 cannot be told from another order of the batches.</summary>
public static class ResidualMemory
{
    /// <summary>Δ_k over the floor at the same block, element by element; +∞ where the floor is 0 and Δ is not, 0 where both are 0.</summary>
    /// <param name="deltas">Residual memory of the retrained blocks.</param>
    /// <param name="floors">Noise floor of the same blocks.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double[] OverFloor(ReadOnlySpan<double> deltas, ReadOnlySpan<double> floors)
    {
        ClassAccuracy.RequireSameLength(deltas.Length, floors.Length);
        var ratios = new double[deltas.Length];
        for (var i = 0; i < ratios.Length; i++) ratios[i] = deltas[i] == 0 ? 0 : deltas[i] / floors[i];
        return ratios;
    }
}
