using Lethe.Bench.Results;
using Lethe.Core.Verdicts;
using Lethe.Verification;

namespace Lethe.Bench.Calibration;

/// <summary>Names of the suite's rows, and the short way to add those of a model or a verdict.</summary>
internal sealed class CalibrationRows(ResultsFile file, CalibrationScenario scenario)
{
    public const string Gold = "gold";
    public const string Original = "original";
    public const string OverForgotten = "neg-grad";
    public const string Figure = "figure: ";
    public const string OutcomeOf = "outcome: ";

    /// <summary>Values of an <see cref="OutcomeOf"/> row: the test does not count, or finds the model within gold's range, or outside.</summary>
    public const double Abstains = 0, Within = 1, Outside = 2;

    public static string Kind(VerdictKind kind) => kind.ToString().ToUpperInvariant();

    /// <summary>The figures of a model that tests rest on.</summary>
    public void Add(string method, CalibrationModel model)
    {
        if (method == OverForgotten) return;
        foreach (var (name, value) in model.Judged.Figures.Where(static figure => VerdictMeasures.All.Contains(figure.Key))) Add(method, model.Seed, Figure + name, value);
        if (model.Hits is { } hits) Add(method, model.Seed, Figure + VerdictMeasures.BackdoorHits, hits);
    }

    /// <summary>One row for the verdict's kind; and what each test says, except of over-forgotten models.</summary>
    public void Add(string method, ulong seed, Verdict verdict)
    {
        Add(method, seed, Kind(verdict.Kind), 1);
        if (method == OverForgotten) return;
        foreach (var test in verdict.Tests.Concat(verdict.Retests))
        {
            var counts = test.Outcome != TestOutcome.Abstained && test.Power >= VerificationPolicy.Default.Power;
            Add(method, seed, OutcomeOf + test.Name, !counts ? Abstains : test.Outcome == TestOutcome.Outside ? Outside : Within);
        }
    }

    private void Add(string method, ulong seed, string metric, double value) =>
        file.Add(new ResultRow(CalibrationScenario.Dataset, scenario.Recipe.Model, scenario.Name, method, seed, metric, value));
}
