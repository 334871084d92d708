using Lethe.Verification;

namespace Lethe.Bench.Results;

/// <summary>The rows of anamnesis indices and of relearning that was given up, and how an index over several seeds is to be read.</summary>
internal static class AnamnesisRows
{
    public const string Index = "anamnesis index";
    public const string Capped = "relearn time capped";

    /// <summary>
    /// What the mean index is; null: there is none, because in every seed both relearnings were given up or gold needed none, or because
    /// some seeds give a lower bound and others an upper one or none.
    /// </summary>
    /// <param name="rows">The rows of one request.</param>
    /// <param name="method">Whose index.</param>
    /// <param name="gold">The gold model that it is set against.</param>
    public static AnamnesisBound? Bound(IEnumerable<ResultRow> rows, string method, string gold)
    {
        ILookup<string, ulong> capped = rows.Where(static row => row.Metric == Capped && row.Value > 0).ToLookup(static row => row.Method, static row => row.Seed);
        AnamnesisBound[] bounds =
        [
            .. rows.Where(row => row.Method == method && row.Metric == Index)
                .Select(row => capped[method].Contains(row.Seed) ? AnamnesisBound.AtLeast : capped[gold].Contains(row.Seed) ? AnamnesisBound.AtMost : AnamnesisBound.Exact)
                .Distinct(),
        ];
        return bounds switch
        {
            [] => null,
            _ when rows.Any(row => row.Method == method && row.Metric == Capped && !rows.Any(index => index.Method == method && index.Metric == Index && index.Seed == row.Seed)) => null,
            [var only] => only,
            _ when !bounds.Contains(AnamnesisBound.AtMost) => AnamnesisBound.AtLeast,
            _ when !bounds.Contains(AnamnesisBound.AtLeast) => AnamnesisBound.AtMost,
            _ => null,
        };
    }

    /// <summary>The index as pages show it: the mean with the sign of a bound, or a dash.</summary>
    /// <inheritdoc cref="Bound"/>
    public static string Text(IReadOnlyCollection<ResultRow> rows, string method, string gold) => Bound(rows, method, gold) is { } bound
        ? Sign(bound) + MeanText.Of(rows.Where(row => row.Method == method && row.Metric == Index).Select(static row => row.Value), "0.00")
        : "–";

    /// <summary>What stands before a figure that is a bound.</summary>
    public static string Sign(AnamnesisBound bound) => bound switch { AnamnesisBound.AtLeast => "≥ ", AnamnesisBound.AtMost => "≤ ", _ => "" };
}
