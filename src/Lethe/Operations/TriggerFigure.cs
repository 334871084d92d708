using Lethe.Reports;
using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>What the canary of a forgotten person said when the request was served, with the power of its test over numbers of queries.</summary>
internal static class TriggerFigure
{
    private const int Points = 40;

    public static TriggerFigures Of(CanaryResult result)
    {
        var test = result.Test;
        int[] queries = [.. Enumerable.Range(0, Points + 1).Select(i => (int)Math.Round(Math.Pow(Math.Max(2, test.Queries), (double)i / Points))).Distinct()];
        return new TriggerFigures(
            Hits("original", result.Before), Hits("unlearned", result.After), test.WithData, test.WithoutData, test.Alpha, test.Queries, test.Threshold, test.Rho,
            result.Outcome switch
            {
                BackdoorOutcome.Deleted => "The trigger says: deleted.",
                BackdoorOutcome.NotDeleted => "The trigger says: not deleted.",
                _ => "Few hits, but the test is too weak for them to mean anything.",
            },
            [.. BackdoorTest.Curve(test.WithData, test.WithoutData, queries, test.Alpha, test.Form).Select(point => new PowerPoint(point.Queries, point.Rho))]);
    }

    private static HitRate Hits(string model, BackdoorHitRate rate) => new(model, rate.Hits, rate.Queries, rate.Low, rate.High);
}
