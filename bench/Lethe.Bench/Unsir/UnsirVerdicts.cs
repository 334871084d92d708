using System.Globalization;
using System.Text;

using Lethe.Bench.Results;
using Lethe.Verification;

namespace Lethe.Bench.Unsir;

/// <summary>Whether a request went as wanted, by the means over seeds.</summary>
internal sealed class UnsirVerdicts(UnsirFigures figures)
{
    private const double MostForgotten = 0.01, MostLost = 0.05, LeastAnamnesis = 0.5, LeastSpeedUp = 2;

    /// <summary>What the notebook printed for the classes {0, 2}, with room for the seed.</summary>
    private const double NotebookMostForgotten = 0.02, NotebookLeastRetained = 0.66, NotebookMostRetained = 0.74;

    private static readonly string[] Variants = [UnsirRows.Default, UnsirRows.AsPublished, UnsirRows.Tuned];

    public void Append(StringBuilder page)
    {
        string[] judged = [.. Variants.Where(variant => figures.Methods.Contains(variant))];
        if (judged.Length == 0) return;
        page.Append("\nWanted, by the means:\n\n");
        foreach (var method in judged) page.Append(CultureInfo.InvariantCulture, $"- **{method}**: ").AppendJoin("; ", Of(method)).Append(".\n");
    }

    private IEnumerable<string> Of(string method)
    {
        double forgotten = figures.Mean(method, UnsirRows.ForgottenAccuracy), retained = figures.Mean(method, UnsirRows.RetainedAccuracy);
        var lead = retained - figures.Mean(UnsirRows.Gold, UnsirRows.RetainedAccuracy);
        yield return "D_f test accuracy ≤ 1 %: " + Wanted.Of(forgotten <= MostForgotten, Percent(forgotten));
        yield return "D_r test accuracy ≥ gold − 5 points: " + Wanted.Of(Wanted.AtLeast(lead, -MostLost), string.Create(CultureInfo.InvariantCulture, $"{100 * lead:+0.00;-0.00} points"));
        yield return "anamnesis index ≥ 0.5: " + Anamnesis(method);
        if (figures.Mean(method, UnsirRows.NotebookRatio) is var ratio && double.IsFinite(ratio))
            yield return "at least 2× faster than the notebook's algorithm: " + Wanted.Of(Wanted.AtLeast(ratio, LeastSpeedUp), string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00}×"));
        if (method == UnsirRows.AsPublished && figures.Model == UnsirRows.NotebookModel && figures.Scenario == UnsirRows.NotebookClasses)
        {
            yield return "as in the notebook: D_f ≤ 2 %: " + Wanted.Of(forgotten <= NotebookMostForgotten, Percent(forgotten));
            yield return "D_r 66–74 %: " + Wanted.Of(retained is >= NotebookLeastRetained and <= NotebookMostRetained, Percent(retained));
        }
    }

    /// <summary>A bound decides only on its own side of what is wanted.</summary>
    private string Anamnesis(string method)
    {
        if (figures.AnamnesisBound(method) is not { } bound) return "cannot be told (no figure)";
        var index = figures.Mean(method, AnamnesisRows.Index);
        var shown = string.Create(CultureInfo.InvariantCulture, $"{AnamnesisRows.Sign(bound)}{index:0.00}");
        var reached = index >= LeastAnamnesis;
        return bound == (reached ? AnamnesisBound.AtMost : AnamnesisBound.AtLeast) ? $"cannot be told ({shown})" : Wanted.Of(reached, shown);
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.00} %");
}
