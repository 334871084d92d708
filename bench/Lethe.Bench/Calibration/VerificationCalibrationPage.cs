using System.Globalization;
using System.Text;
using Lethe.Bench.Results;
using Lethe.Core.Numerics;
using Lethe.Core.Verdicts;

namespace Lethe.Bench.Calibration;

/// <summary>The page of tables that stands beside the suite's JSON; every figure in it is computed from the rows.</summary>
internal sealed class VerificationCalibrationPage(ResultsFile file, VerificationPolicy policy)
{
    private static readonly (string Method, string Text, VerdictKind Wanted)[] Judged =
    [
        (CalibrationRows.Gold, "gold models: never saw the records", VerdictKind.Complete),
        (CalibrationRows.Original, "originals: forgot nothing", VerdictKind.Incomplete),
        (CalibrationRows.OverForgotten, "NegGrad to the end: forgot too much", VerdictKind.Incomplete),
    ];

    public ResultsPage Render()
    {
        (string Name, string Text)[] scenarios = [.. CalibrationScenarios.Explanations.Where(entry => file.Rows.Any(row => row.Scenario == entry.Name))];
        var page = new StringBuilder();
        page.Append("# How often the verdict is right\n\n");
        page.Append(CultureInfo.InvariantCulture, $"`lethe verify` as it is by default (alpha {policy.Alpha}, power {policy.Power}, {policy.Golds} gold models, all tests and re-tests), on models of which it is known what they saw.\n");
        page.Append("A small MLP (128 hidden units) on parts of MNIST, trained plainly, so that many models can be trained. Wanted: COMPLETE for gold models, in at least\n");
        page.Append("95 % of cases; INCOMPLETE for originals, in at least 95 %, and COMPLETE never; INCOMPLETE for over-forgotten models; UNVERIFIED where nothing can be seen.\n");
        foreach (var (name, text) in scenarios) page.Append(CultureInfo.InvariantCulture, $"\n- **{name}**: {text}");
        page.Append("\n\n## Verdicts\n\n| setting | judged | cases | COMPLETE | INCOMPLETE | UNVERIFIED | wanted | right | 95 % interval |\n|---|---|---|---|---|---|---|---|---|\n");
        foreach (var (name, _) in scenarios)
            foreach (var judged in Judged) Verdicts(page, name, judged);
        page.Append(CultureInfo.InvariantCulture, $"""

            **How models are reused.** Each setting has a pool of {VerificationCalibrationSuite.Pairs + policy.Golds} gold models and one of {VerificationCalibrationSuite.Pairs + 1} originals, every one trained with a seed of its own. Gold model i
            is judged against the {policy.Golds} gold models after it in the pool, which goes round; the negative control is original i. Original i is judged
            against the same gold models, with original i + 1 as the negative control, so that it never is its own control and the alarm for
            equal bytes cannot help. So each gold model is judged at most once and serves in up to {policy.Golds} references: neighbouring cases share most of their
            reference, an unlucky gold model spoils several of them at once, and {VerificationCalibrationSuite.Pairs} cases are worth fewer than {VerificationCalibrationSuite.Pairs} independent
            ones. The Clopper-Pearson intervals in the table take them for independent and are too narrow by that much. The records and
            labels of a setting are drawn once, by the seed of the command; over several draws the shares can differ.

            The defaults of the policy, and that losses are compared by their logarithms, were chosen on other records, labels, writers and models of
            the same settings (`--seed 100`): there the plain loss had power in a third of the cases, and overfitting was UNVERIFIED in most.

            """);
        page.Append("\n## Tests\n\nPower: share of the cases of gold models and originals in which the test counts. False alarms and findings: among those cases, how often it finds the model outside\ngold's range after Holm's correction over all tests. In the JSON, `outcome: TEST` is 0 where the test does not count, 1 within gold's range and 2 outside.\n");
        foreach (var (name, _) in scenarios) Tests(page, name);
        return new ResultsPage(page.ToString());
    }

    private void Verdicts(StringBuilder page, string scenario, (string Method, string Text, VerdictKind Wanted) judged)
    {
        int Count(VerdictKind kind) => file.Values(scenario, judged.Method, CalibrationRows.Kind(kind)).Length;
        var cases = Enum.GetValues<VerdictKind>().Sum(Count);
        if (cases == 0) return;
        var powerless = cases == VerificationCalibrationSuite.PairsWithoutPower && !file.Rows.Any(row => row.Scenario == scenario && row.Method == CalibrationRows.OverForgotten);
        var wanted = powerless ? VerdictKind.Unverified : judged.Wanted;
        var right = Count(wanted);
        var (low, high) = Binomial.ClopperPearson(right, cases, 0.95);
        page.Append(CultureInfo.InvariantCulture, $"| {scenario} | {judged.Text} | {cases} | {Count(VerdictKind.Complete)} | {Count(VerdictKind.Incomplete)} | {Count(VerdictKind.Unverified)} ")
            .Append(CultureInfo.InvariantCulture, $"| {CalibrationRows.Kind(wanted)} | {100.0 * right / cases:0} % | {100 * low:0} … {100 * high:0} % |\n");
    }

    private void Tests(StringBuilder page, string scenario)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### {scenario}\n\n| test | gold models | originals | power | false alarms | findings |\n|---|---|---|---|---|---|\n");
        var names = file.Rows.Where(row => row.Scenario == scenario && row.Metric.StartsWith(CalibrationRows.OutcomeOf, StringComparison.Ordinal))
            .Select(static row => row.Metric[CalibrationRows.OutcomeOf.Length..]).Distinct().ToList();
        foreach (var name in names)
        {
            double[] Of(string method, string kind) => [.. file.Values(scenario, method, kind + name)];
            double[] golds = Of(CalibrationRows.Gold, CalibrationRows.OutcomeOf), originals = Of(CalibrationRows.Original, CalibrationRows.OutcomeOf);
            var power = golds.Concat(originals).Average(static outcome => outcome == CalibrationRows.Abstains ? 0.0 : 1);
            page.Append(CultureInfo.InvariantCulture, $"| {name} | {MeanText.Of(Of(CalibrationRows.Gold, CalibrationRows.Figure), "0.000")} | {MeanText.Of(Of(CalibrationRows.Original, CalibrationRows.Figure), "0.000")} ")
                .Append(CultureInfo.InvariantCulture, $"| {100 * power:0} % | {Share(golds)} | {Share(originals)} |\n");
        }
    }

    private static string Share(double[] outcomes)
    {
        var counted = outcomes.Count(static outcome => outcome != CalibrationRows.Abstains);
        return counted == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{outcomes.Count(static outcome => outcome == CalibrationRows.Outside)} of {counted}");
    }
}
