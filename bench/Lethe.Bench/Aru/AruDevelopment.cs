using System.Globalization;

using Lethe.Bench.Results;
using Lethe.Methods;
using Lethe.Methods.Options;

namespace Lethe.Bench.Aru;

/// <summary>Chooses each method's settings by NoMUS on writers that are set aside: at most three settings a method, the same for all.</summary>
internal static class AruDevelopment
{
    /// <returns>The settings by row label.</returns>
    public static IReadOnlyDictionary<string, MethodOptions> Choose(
        BenchContext context, string scratch, ResultsFile file, AruScenario scenario, CancellationToken cancellation)
    {
        var rows = new AruRows(file, scenario);
        context.Log($"choosing hyper-parameters: {scenario.Dataset}, {scenario.Recipe.Model}");
        using var bench = AruSuite.Bench(context, scratch, scenario, cancellation);
        var chosen = new Dictionary<string, MethodOptions>();
        foreach (var candidate in AruCandidate.All.Where(candidate => candidate.IsKnown))
        {
            chosen[candidate.Label] = candidate.Settings.Count == 1 ? candidate.Settings[0] : candidate.Settings.MaxBy(settings =>
            {
                using var outcome = bench.Forget(scenario.Forgotten, MethodCatalog.Find(candidate.Method), settings, cancellation);
                var score = rows.Score((data, records) => bench.Evaluate(outcome.State, data, records));
                rows.AddChoice(candidate.Label, settings, score);
                context.Log(string.Create(CultureInfo.InvariantCulture, $"{candidate.Label} {AruRows.TextOf(settings)}: NoMUS {score:0.000}"));
                return double.IsNaN(score) ? double.NegativeInfinity : score;
            })!;
        }
        return chosen;
    }
}
