using Lethe.Training.Training;

namespace Lethe.Methods.Parameters;

/// <summary>Temporal residual memory of one block: how far two runs' updates of that block differ (arXiv 2105.06209).</summary>
/// <param name="Delta">‖(P_k − P_(k−1)) − (P'_k − P'_(k−1))‖₁, in double precision.</param>
/// <param name="UpdateNorm">‖P_k − P_(k−1)‖₁ of the stored run.</param>
/// <param name="ByLayer">Delta split by parameter name.</param>
internal sealed record UpdateDifference(double Delta, double UpdateNorm, IReadOnlyDictionary<string, double> ByLayer)
{
    /// <summary>Compares the updates; a constant offset between the two runs counts as nothing.</summary>
    public static UpdateDifference Of(ParameterView storedBefore, ParameterView stored, ParameterView newBefore, ParameterView @new)
    {
        double delta = 0, update = 0;
        var layers = new SortedDictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < stored.Count; i++)
        {
            Span<float> before = storedBefore.Values(i), after = stored.Values(i);
            var layer = UpdateDistance.L1(after, before, @new.Values(i), newBefore.Values(i));
            layers[stored.Name(i)] = layer;
            delta += layer;
            update += UpdateDistance.L1(after, before, before, before);
        }
        return new UpdateDifference(delta, update, layers);
    }
}
