using Lethe.Torch;

namespace Lethe.Training.Tests.Models;

/// <summary>Fills a model with the weights that tests/reference/make_model_golden.py uses.</summary>
internal static class WeightFormula
{
    public static void Fill(torch.nn.Module model)
    {
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var j = 0;
        foreach (var (name, tensor) in model.state_dict().OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (!name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            {
                tensor.copy_(torch.tensor(Values(name, tensor.shape, j)).reshape(tensor.shape));
            }
            j++;
        }
    }

    private static float[] Values(string name, long[] shape, int j)
    {
        var count = shape.Aggregate(1L, (a, b) => a * b);
        var values = new float[count];
        var scale = shape.Length > 1 ? Math.Sqrt(2.0 / (count / shape[0])) : 0;
        for (long i = 0; i < count; i++)
        {
            var s = Math.Sin(1.7 * (i + 1.0) + 0.3 * j);
            values[i] = (float)(shape.Length > 1 ? s * scale
                : name.EndsWith("running_var", StringComparison.Ordinal) ? 1 + 0.5 * s * s
                : name.EndsWith("weight", StringComparison.Ordinal) ? 1 + 0.1 * s
                : 0.1 * s);
        }
        return values;
    }
}
