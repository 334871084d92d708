using Lethe.Training.Training;
using Lethe.Verification;

namespace Lethe.Bench.DeepObliviate;

/// <summary>Adds the rows that every forget has: accuracy, agreement with gold, distance to gold, work and time against scratch and resuming.</summary>
internal sealed class Comparison(Workbench bench, MnistRows rows, long scratchSamples, double scratchSeconds)
{
    /// <param name="scenario">The rows' scenario.</param>
    /// <param name="method">The rows' method.</param>
    /// <param name="outcome">What the method gave.</param>
    /// <param name="gold">The same request by exact retraining from M_(d−1); null: the rows that need it are left out.</param>
    public void Add(string scenario, string method, Outcome outcome, Outcome? gold)
    {
        var unlearned = bench.Evaluate(outcome.State, bench.Test);
        rows.Add(scenario, method, MnistRows.TestAccuracy, unlearned.Accuracy);
        rows.Add(scenario, method, MnistRows.Samples, outcome.Samples);
        rows.Add(scenario, method, MnistRows.Seconds, outcome.Seconds);
        rows.Add(scenario, method, MnistRows.SampleSpeedUp, (double)scratchSamples / outcome.Samples);
        rows.Add(scenario, method, MnistRows.SecondSpeedUp, scratchSeconds / outcome.Seconds);
        if (gold is not null)
        {
            AddAgainst(gold, scenario, method, outcome, unlearned);
        }

        if (outcome.Trace is { } trace)
        {
            rows.Add(scenario, method, MnistRows.FirstBlock, trace.FirstBlock);
            rows.Add(scenario, method, MnistRows.RetrainedBlocks, trace.Points.Count);
        }
    }

    private void AddAgainst(Outcome gold, string scenario, string method, Outcome outcome, EvaluationResult unlearned)
    {
        var retrained = bench.Evaluate(gold.State, bench.Test);
        rows.Add(scenario, MnistRows.Gold, MnistRows.TestAccuracy, retrained.Accuracy);
        rows.Add(scenario, method, MnistRows.Agreement, Agreement.Between(unlearned.Predictions, retrained.Predictions));
        rows.Add(scenario, method, MnistRows.RelativeDistance, RelativeDistance(outcome.State, gold.State));
        rows.Add(scenario, method, MnistRows.ResumeSampleSpeedUp, (double)gold.Samples / outcome.Samples);
        rows.Add(scenario, method, MnistRows.ResumeSecondSpeedUp, gold.Seconds / outcome.Seconds);
    }

    /// <summary>‖P' − P*‖₂ / ‖P_B − P*‖₂: below 1 the unlearned model is closer to gold than the untouched one.</summary>
    private double RelativeDistance(StateDict unlearned, StateDict gold)
    {
        var before = Distance(bench.OriginalState, gold);
        return before == 0 ? double.NaN : Distance(unlearned, gold) / before;
    }

    private static double Distance(StateDict left, StateDict right)
    {
        var sum = 0.0;
        foreach (var name in left.ParameterNames)
        {
            foreach (var (a, b) in left.Values(name).Zip(right.Values(name)))
            {
                sum += ((double)a - b) * ((double)a - b);
            }
        }

        return Math.Sqrt(sum);
    }
}
