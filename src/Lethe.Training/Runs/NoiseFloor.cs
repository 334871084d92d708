using System.Text.Json.Serialization;
using Lethe.Core.Plans;

namespace Lethe.Training.Runs;

/// <summary>Distance between two trainings of one block that differ in the order of the batches only.</summary>
/// <param name="Block">Block number.</param>
/// <param name="Distances">‖V_k − V_k with another order‖₁, one a repeat.</param>
public sealed record NoiseFloorPoint(int Block, IReadOnlyList<double> Distances)
{
    /// <summary>Mean of <see cref="Distances"/>.</summary>
    [JsonIgnore]
    public double Mean => Distances.Average();
}

/// <summary>How far updates differ by training noise alone: residual memory below it cannot be told from noise.</summary>
/// <param name="Points">Measured blocks, ascending.</param>
/// <param name="Cost">What measuring them cost, beside training.</param>
public sealed record NoiseFloor(IReadOnlyList<NoiseFloorPoint> Points, CostAccount Cost)
{
    /// <summary>The floor of a block: the logarithm is interpolated linearly between measured blocks and constant outside.</summary>
    /// <returns>An L1 distance; 0 where a neighbouring measurement is 0.</returns>
    /// <exception cref="InvalidOperationException">No block was measured.</exception>
    public double At(int block)
    {
        if (Points.Count == 0)
        {
            throw new InvalidOperationException("The noise floor has no points.");
        }
        var above = 0;
        while (above < Points.Count && Points[above].Block < block)
        {
            above++;
        }
        if (above == Points.Count)
        {
            return Points[^1].Mean;
        }
        if (above == 0 || Points[above].Block == block)
        {
            return Points[above].Mean;
        }
        var (left, right) = (Points[above - 1], Points[above]);
        var share = (double)(block - left.Block) / (right.Block - left.Block);
        return Math.Exp((1 - share) * Math.Log(left.Mean) + share * Math.Log(right.Mean));
    }
}
