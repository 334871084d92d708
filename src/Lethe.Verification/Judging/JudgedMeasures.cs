using Lethe.Core.Verdicts;
using Lethe.Training.Training;

namespace Lethe.Verification;

/// <summary>The tests of a verdict that need no shadow models.</summary>
public static class JudgedMeasures
{
    /// <summary>One measure for each figure that the judged model and all gold models have, and the distances from the gold models.</summary>
    /// <param name="original">The untouched model; null: unknown. Figures that it lacks abstain.</param>
    /// <param name="candidate">The judged model, with its answers.</param>
    /// <param name="golds">Gold models, with their answers.</param>
    /// <param name="records">How many records were forgotten.</param>
    /// <param name="policy">The policy, whose steps of relearning the definitions name.</param>
    public static IReadOnlyList<JudgedMeasure> Of(
        JudgedModel? original, JudgedModel candidate, IReadOnlyList<JudgedModel> golds, int records, VerificationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(golds);
        IReadOnlyDictionary<string, double>[] figures = [.. golds.Select(gold => gold.Figures)];
        var tests = VerdictMeasures.All.Where(name => candidate.Figures.ContainsKey(name) && figures.All(gold => gold.ContainsKey(name)))
            .Select(name => ForgottenFigures.Test(name, original?.Figures, candidate.Figures, figures, records, policy));
        return [.. tests, .. Distances(original?.Forgotten, candidate.Forgotten, [.. golds.Select(gold => gold.Forgotten)])];
    }

    private static IEnumerable<JudgedMeasure> Distances(EvaluationResult? original, EvaluationResult? candidate, EvaluationResult?[] golds)
    {
        if (candidate is null || golds.Length < 2 || golds.Contains(null)) yield break;
        yield return Distance(
            VerdictMeasures.ForgottenDivergence,
            "Mean Jensen–Shannon divergence of the softmax outputs from those of the gold models on the forgotten records, in nats.",
            static (model, others) => others.Average(other => PredictionDivergence.Mean(model.Probabilities, other.Probabilities)));
        if (golds.Length < 4) yield break;
        yield return Distance(
            VerdictMeasures.MarginDivergence,
            "Median over the forgotten records of the distance of the logit-scaled confidence from that of the gold models, in their own deviations.",
            static (model, others) => MarginDivergence.FromGold(Margins(model), [.. others.Select(Margins)]).Median);

        JudgedMeasure Distance(string name, string definition, Func<EvaluationResult, EvaluationResult[], double> distance)
        {
            double Of(EvaluationResult model, EvaluationResult[] others) =>
                others.Append(model).All(ForgottenFigures.IsFinite) ? distance(model, others) : double.NaN;
            EvaluationResult[] known = [.. golds.OfType<EvaluationResult>()];
            return new JudgedMeasure
            {
                Name = name,
                Definition = definition,
                Original = original is null ? null : Of(original, known),
                Candidate = Of(candidate, known),
                Golds = [.. known.Select((gold, i) => Of(gold, [.. known.Where((_, other) => other != i)]))],
                IsDistance = true,
            };
        }
    }

    private static double[] Margins(EvaluationResult model) => LogitScaledConfidence.Of(model.Probabilities, model.Labels);
}
