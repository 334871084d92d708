using Lethe.Training.Training;

namespace Lethe.Methods.Tests.Baselines;

/// <summary>The network of <see cref="FormulaRun"/> in double precision, differentiated by hand: no library computes a gradient here.</summary>
internal sealed class HandMlp
{
    public const string FirstWeight = "fc1.weight", FirstBias = "fc1.bias", LastWeight = "fc2.weight", LastBias = "fc2.bias";

    private const int Features = FormulaRun.Features, Hidden = 6, Classes = FormulaRun.Classes;

    public HandMlp(StateDict state) => Values = new[] { FirstWeight, FirstBias, LastWeight, LastBias }
        .ToDictionary(name => name, name => Array.ConvertAll(state.Values(name), value => (double)value));

    /// <summary>Parameters by name.</summary>
    public Dictionary<string, double[]> Values { get; }

    public double[] Logits(double[] input) => Pass(input).Logits;

    /// <summary>e^(z/T) / Σ e^(z/T).</summary>
    public static double[] Softmax(double[] logits, double temperature = 1)
    {
        var exponentials = Array.ConvertAll(logits, logit => Math.Exp(logit / temperature));
        return Array.ConvertAll(exponentials, value => value / exponentials.Sum());
    }

    /// <summary>Derivative of the cross-entropy of one sample by its logits, times a weight.</summary>
    public static double[] CrossEntropyError(double[] logits, int label, double weight) =>
        [.. Softmax(logits).Select((probability, k) => weight * (probability - (k == label ? 1 : 0)))];

    /// <summary>Derivatives of a loss by the parameters and by each input, given those by the logits of each row.</summary>
    public (Dictionary<string, double[]> Parameters, double[][] Inputs) Derive(double[][] inputs, Func<int, double[], double[]> error)
    {
        var gradients = Values.ToDictionary(entry => entry.Key, entry => new double[entry.Value.Length]);
        var byInput = new double[inputs.Length][];
        for (var row = 0; row < inputs.Length; row++)
        {
            var (hidden, logits) = Pass(inputs[row]);
            var byLogit = error(row, logits);
            byInput[row] = new double[Features];
            for (var k = 0; k < Classes; k++) gradients[LastBias][k] += byLogit[k];
            for (var j = 0; j < Hidden; j++)
            {
                var byHidden = 0.0;
                for (var k = 0; k < Classes; k++)
                {
                    gradients[LastWeight][k * Hidden + j] += byLogit[k] * hidden[j];
                    byHidden += byLogit[k] * Values[LastWeight][k * Hidden + j];
                }
                if (hidden[j] <= 0) continue;
                gradients[FirstBias][j] += byHidden;
                for (var i = 0; i < Features; i++)
                {
                    gradients[FirstWeight][j * Features + i] += byHidden * inputs[row][i];
                    byInput[row][i] += byHidden * Values[FirstWeight][j * Features + i];
                }
            }
        }
        return (gradients, byInput);
    }

    private (double[] Hidden, double[] Logits) Pass(double[] input)
    {
        var hidden = new double[Hidden];
        for (var j = 0; j < Hidden; j++)
            hidden[j] = Math.Max(0, Values[FirstBias][j] + Enumerable.Range(0, Features).Sum(i => Values[FirstWeight][j * Features + i] * input[i]));
        var logits = new double[Classes];
        for (var k = 0; k < Classes; k++)
            logits[k] = Values[LastBias][k] + Enumerable.Range(0, Hidden).Sum(j => Values[LastWeight][k * Hidden + j] * hidden[j]);
        return (hidden, logits);
    }
}

/// <summary>Adam (Kingma and Ba 2015) with its usual constants, written out.</summary>
internal sealed class HandAdam(double rate)
{
    private readonly Dictionary<double[], (double[] First, double[] Second)> _moments = new(ReferenceEqualityComparer.Instance);
    private int _steps;

    /// <summary>One step down, of all arrays that are ever given.</summary>
    public void Step(IEnumerable<(double[] Values, double[] Gradient)> parts)
    {
        _steps++;
        foreach (var (values, gradient) in parts)
        {
            if (!_moments.TryGetValue(values, out var moments)) _moments[values] = moments = (new double[values.Length], new double[values.Length]);
            for (var i = 0; i < values.Length; i++)
            {
                moments.First[i] = 0.9 * moments.First[i] + 0.1 * gradient[i];
                moments.Second[i] = 0.999 * moments.Second[i] + 0.001 * gradient[i] * gradient[i];
                var (first, second) = (moments.First[i] / (1 - Math.Pow(0.9, _steps)), moments.Second[i] / (1 - Math.Pow(0.999, _steps)));
                values[i] -= rate * first / (Math.Sqrt(second) + 1e-8);
            }
        }
    }
}
