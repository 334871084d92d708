using System.Text;
using Lethe.Reports.Charts;

namespace Lethe.Reports;

/// <summary>What the secret triggers of forgotten people say: their hits together, and the power of each test in one picture.</summary>
internal static class TriggerPage
{
    public static void Append(StringBuilder html, IReadOnlyList<TriggerFigures> triggers)
    {
        bool one = triggers.Count == 1;
        HitRate Pool(string model, Func<TriggerFigures, HitRate> rate) => HitRate.Pool(model, triggers.Select(trigger => (rate(trigger).Hits, rate(trigger).Queries)));
        VerificationHtml.Figure(
            html, one ? "The secret trigger of a forgotten person" : $"The secret triggers of {triggers.Count} forgotten people",
            IntervalChart.Draw([Pool("original", trigger => trigger.Before), Pool("unlearned", trigger => trigger.After)])
            + $"<h4>what {(one ? "the test" : "each person's test")} can see</h4>" + PowerChart.Draw(triggers),
            string.Join(' ', triggers.CountBy(trigger => trigger.Outcome).OrderByDescending(entry => entry.Value).Select(entry => one ? entry.Key : $"{entry.Value} of {triggers.Count}: {entry.Key}"))
            + FormattableString.Invariant($" In {Range(trigger => trigger.Queries)} queries, more than {Range(trigger => trigger.Threshold)} hits mean: not deleted. The test takes p = {Range(trigger => trigger.WithData)} with the data and q = {Range(trigger => trigger.WithoutData)} without, both on the safe side of their intervals, at level α = {triggers[0].Alpha:0.####}."));

        string Range(Func<TriggerFigures, double> figure)
        {
            double low = triggers.Min(figure), high = triggers.Max(figure);
            return low == high ? FormattableString.Invariant($"{low:0.###}") : FormattableString.Invariant($"{low:0.###} to {high:0.###}");
        }
    }
}
