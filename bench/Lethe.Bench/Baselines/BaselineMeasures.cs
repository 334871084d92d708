using Lethe.Bench.DeepObliviate;
using Lethe.Bench.Results;
using Lethe.Training.Training;
using Lethe.Verification;

namespace Lethe.Bench.Baselines;

/// <summary>Measures a model beside gold and adds the rows.</summary>
internal sealed class BaselineMeasures(
    Workbench bench, BaselineScenario scenario, BaselineRows rows, StateDict gold, ulong seed, CancellationToken cancellation)
{
    private readonly int[] forgotten = [.. scenario.Forgotten.Select(static record => record.Value)];
    private readonly EvaluationResult goldTest = bench.Evaluate(gold, scenario.Test);
    private readonly EvaluationResult goldForgotten =
        bench.Evaluate(gold, scenario.Data, [.. scenario.Forgotten.Select(static record => record.Value)]);

    private readonly double originalAccuracy =
        bench.Evaluate(bench.OriginalState, scenario.Data, [.. scenario.Forgotten.Select(static record => record.Value)]).Accuracy;

    private readonly EvaluationResult untrained =
        bench.EvaluateUntrained(seed, scenario.Data, [.. scenario.Forgotten.Select(static record => record.Value)]);

    private RelearnTime? goldRelearn;

    /// <summary>Adds a model's rows; gold's come first, since others are compared with its relearn time.</summary>
    public void Add(string method, StateDict state)
    {
        var test = bench.Evaluate(state, scenario.Test);
        var onForgotten = bench.Evaluate(state, scenario.Data, forgotten);
        var gone = forgotten.ToHashSet();
        var useful = test.Accuracy;
        rows.Add(method, BaselineRows.TestAccuracy, test.Accuracy);
        if (scenario.Classes.Count > 0)
        {
            useful = ClassAccuracy.Restricted(test.Predictions, test.Labels, scenario.Classes, inside: false);
            rows.Add(method, BaselineRows.KeptTestAccuracy, useful);
            rows.Add(method, BaselineRows.ForgottenTestAccuracy, ClassAccuracy.Restricted(test.Predictions, test.Labels, scenario.Classes, inside: true));
        }

        rows.Add(method, BaselineRows.RetainedAccuracy, bench.Evaluate(
            state, scenario.Data, [.. Enumerable.Range(0, scenario.Data.Count).Where(record => !gone.Contains(record))]).Accuracy);
        rows.Add(method, BaselineRows.ForgottenAccuracy, onForgotten.Accuracy);
        var attack = MembershipInference.Attack(onForgotten.Losses, bench.Evaluate(state, scenario.Unseen).Losses, seed);
        rows.Add(method, BaselineRows.Membership, attack.Accuracy);
        rows.Add(method, BaselineRows.NoMus, NoMus.Of(useful, attack.Accuracy));
        rows.Add(method, BaselineRows.Zrf, Zrf.Of(onForgotten.Probabilities, untrained.Probabilities));
        Relearn(method, state);
        if (ReferenceEquals(state, gold))
        {
            return;
        }

        rows.Add(method, BaselineRows.Agreement, Agreement.Between(test.Predictions, goldTest.Predictions));
        rows.Add(method, BaselineRows.TestDivergence, PredictionDivergence.Mean(test.Probabilities, goldTest.Probabilities));
        rows.Add(method, BaselineRows.ForgottenDivergence, PredictionDivergence.Mean(onForgotten.Probabilities, goldForgotten.Probabilities));
        rows.Add(method, BaselineRows.SquareDistance, ParameterDistance.Between(Values(state), Values(gold)).RelativeL2);
        rows.Add(method, BaselineRows.Distance, ParameterDistance.RelativeToDoingNothing(Values(state), Values(bench.OriginalState), Values(gold)));
    }

    private void Relearn(string method, StateDict state)
    {
        var relearn = bench.Relearn(state, forgotten, originalAccuracy, seed, cancellation);
        rows.Add(method, BaselineRows.RelearnBatches, relearn.Batches);
        rows.Add(method, AnamnesisRows.Capped, relearn.Capped ? 1 : 0);
        goldRelearn ??= relearn;
        if (AnamnesisIndex.Of(relearn, goldRelearn) is { Value: var index } && double.IsFinite(index)) rows.Add(method, AnamnesisRows.Index, index);
    }

    /// <summary>What it cost, and gold's cost over it.</summary>
    public void AddCost(string method, long samples, double seconds, long goldSamples, double goldSeconds)
    {
        rows.Add(method, BaselineRows.Samples, samples);
        rows.Add(method, BaselineRows.Seconds, seconds);
        rows.Add(method, BaselineRows.SampleSpeedUp, (double)goldSamples / samples);
        rows.Add(method, BaselineRows.SecondSpeedUp, goldSeconds / seconds);
    }

    private static Dictionary<string, float[]> Values(StateDict state) => state.ParameterNames.ToDictionary(static name => name, state.Values);
}
