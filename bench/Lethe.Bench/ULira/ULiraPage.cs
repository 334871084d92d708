using System.Globalization;
using System.Text;
using Lethe.Bench.Results;

namespace Lethe.Bench.ULira;

/// <summary>The page that stands beside the suite's JSON; every figure in it is computed from the rows.</summary>
internal static class ULiraPage
{
    private const double OriginalWanted = 0.6, GoldTolerance = 0.03;

    public static string Render(ResultsFile file, string curves)
    {
        var page = new StringBuilder();
        page.Append("# Per-record attacks with shadow models\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{ULiraScheme.Writers} writers of MNIST, 30 % of all labels wrong, an MLP 784-128-128-10, Adam 1e-3, batches of 100, 40 passes; the digits of {ULiraScheme.ForgottenWriters} writers are asked\n");
        page.Append(CultureInfo.InvariantCulture, $"about. Of {2 * ULiraScheme.PerSide} shadow models a scheme, in pairs, each learned a random half of these writers and forgot it by the method with its defaults;\n");
        page.Append(CultureInfo.InvariantCulture, $"the other half it never saw. So every digit has {ULiraScheme.PerSide} models that learned and forgot it and {ULiraScheme.PerSide} that never saw it. Each model is attacked with the help of\n");
        page.Append("the 63 others, digit by digit. *Original* is the same before forgetting; *gold* models never saw any of the six writers and are attacked as the\n");
        page.Append("original is, their scores against those of shadow models for digits that these never saw. In brackets: 95 % intervals by bootstrap over digits, each\n");
        page.Append("with all its scores. 50 % is chance, and TPR = FPR. U-LiRA says \"member\" where the likelihood ratio exceeds 1; RMIA takes the best threshold, which\n");
        page.Append("flatters it a little. The population attack is one logistic regression on the loss for all digits, forgotten against unseen writers', five folds: mean ± sd\n");
        page.Append("over models.\n\n");
        page.Append("| training | model | U-LiRA accuracy | AUC | TPR at 0.1 % | at 1 % | RMIA accuracy | AUC | TPR at 0.1 % | at 1 % | population attack | targets' labels predicted | test accuracy |\n");
        page.Append("|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var (scheme, method) in Lines(file)) Line(page, file, scheme, method);
        page.Append(CultureInfo.InvariantCulture, $"\n![ROC curves of U-LiRA]({curves})\n\n");
        page.Append("## What was wanted\n\n");
        foreach (var (scheme, _) in Lines(file).Where(static line => line.Method == ULiraRows.Gold)) Wanted(page, file, scheme);
        return page.ToString();
    }

    /// <summary>The lines of the table, in the order in which they were measured.</summary>
    public static IEnumerable<(string Scheme, string Method)> Lines(ResultsFile file) => file.Rows.Select(static row => (row.Scenario, row.Method)).Distinct();

    private static void Line(StringBuilder page, ResultsFile file, string scheme, string method)
    {
        string Percent(string metric) => Value(file, scheme, method, metric) is { } value ? Text(value) : "–";
        string Interval(string metric) => $"{Percent(metric)} [{Percent(metric + ULiraRows.Low)}, {Percent(metric + ULiraRows.High)}]";
        string Mean(string metric) => Value(file, scheme, method, metric + ULiraRows.Spread) is null ? Percent(metric) : $"{Percent(metric)} ± {Percent(metric + ULiraRows.Spread)}";
        page.Append(CultureInfo.InvariantCulture, $"| {scheme} | {method} ");
        foreach (var attack in new[] { ULiraRows.ULira, ULiraRows.Rmia })
        {
            page.Append(CultureInfo.InvariantCulture, $"| {Interval(attack + ULiraRows.Accuracy)} | {Interval(attack + ULiraRows.Auc)} | {Percent(attack + ULiraRows.TprAtThousandth)} | {Percent(attack + ULiraRows.TprAtHundredth)} ");
        }
        page.Append(CultureInfo.InvariantCulture, $"| {Mean(ULiraRows.Population + ULiraRows.Accuracy)} | {Mean(ULiraRows.ForgottenAccuracy)} | {Mean(ULiraRows.TestAccuracy)} |\n");
    }

    private static void Wanted(StringBuilder page, ResultsFile file, string scheme)
    {
        double original = Value(file, scheme, ULiraRows.Original, ULiraRows.ULira + ULiraRows.Accuracy)!.Value;
        double gold = Value(file, scheme, ULiraRows.Gold, ULiraRows.ULira + ULiraRows.Accuracy)!.Value;
        page.Append(CultureInfo.InvariantCulture, $"- **{scheme}**: original at least 60 %: {Text(original)}, {(original >= OriginalWanted ? "reached" : "missed")}; ")
            .Append(CultureInfo.InvariantCulture, $"gold 50 ± 3 %: {Text(gold)}, {(Math.Abs(gold - 0.5) <= GoldTolerance ? "reached" : "missed")}.\n");
    }

    private static string Text(double value) => (100 * value).ToString("0.0", CultureInfo.InvariantCulture);

    private static double? Value(ResultsFile file, string scheme, string method, string metric) =>
        file.Values(scheme, method, metric).Select(value => (double?)value).FirstOrDefault();
}
