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
    public const string PowerOf = "power: ";
    public const string OutsideOf = "outside: ";
    public const string Alarms = "alarms";

    public static string Kind(VerdictKind kind) => kind.ToString().ToUpperInvariant();

    public void Add(string method, CalibrationModel model)
    {
        foreach (var (name, value) in model.Judged.Figures) Add(method, model.Seed, Figure + name, value);
        Add(method, model.Seed, Figure + "accuracy on unseen records", model.Useful);
        if (model.Hits is { } hits) Add(method, model.Seed, Figure + VerdictMeasures.BackdoorHits, hits);
    }

    public void Add(string method, ulong seed, Verdict verdict)
    {
        foreach (var kind in Enum.GetValues<VerdictKind>()) Add(method, seed, Kind(kind), verdict.Kind == kind ? 1 : 0);
        Add(method, seed, Alarms, verdict.Alarms.Count);
        foreach (var test in verdict.Tests.Concat(verdict.Retests))
        {
            var counts = test.Outcome != TestOutcome.Abstained && test.Power >= VerificationPolicy.Default.Power;
            Add(method, seed, PowerOf + test.Name, counts ? 1 : 0);
            if (counts) Add(method, seed, OutsideOf + test.Name, test.Outcome == TestOutcome.Outside ? 1 : 0);
        }
    }

    private void Add(string method, ulong seed, string metric, double value) =>
        file.Add(new ResultRow(CalibrationScenario.Dataset, scenario.Recipe.Model, scenario.Name, method, seed, metric, double.IsFinite(value) ? value : double.MaxValue * Math.Sign(value)));
}
