using System.Globalization;
using System.Text;

using Lethe.Bench.Results;
using Lethe.Core.Numerics;

namespace Lethe.Bench.Sisa;

/// <summary>Whether a data set shows what DeepObliviate's paper claims over SISA, by the means over seeds.</summary>
internal static class SisaVerdicts
{
    private const double MoreAccurate = 0.058, CheaperPrediction = 30;
    private const int LeastShards = 20;

    public static void Append(StringBuilder page, SisaFigures figures)
    {
        double Accuracy(string method) => Statistics.Mean(figures.Of(SisaRows.Training, method, SisaRows.TestAccuracy));
        string Points(double lead) => string.Create(CultureInfo.InvariantCulture, $"{100 * lead:+0.0;-0.0} points");
        string Times(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio:0.0}×");
        string[] measured = [.. figures.Settings.Shards.Where(static shards => shards >= LeastShards).Select(SisaRows.Sisa).Where(method => figures.Of(SisaRows.Training, method, SisaRows.TestAccuracy).Length > 0)];
        if (measured.Length == 0) return;
        page.Append("\nWanted, by the means:\n\n- deep-obliviate at least 5.8 points more accurate: ")
            .AppendJoin("; ", measured.Select(method => (method, Lead: Accuracy(SisaRows.DeepObliviate) - Accuracy(method)))
                .Select(entry => $"than {entry.method}: {Wanted.Of(Wanted.AtLeast(entry.Lead, MoreAccurate), Points(entry.Lead))}"))
            .Append(".\n- its prediction at least 30× cheaper: ")
            .AppendJoin("; ", measured.Select(method => (method, Ratio: Statistics.Mean(figures.PredictionRatios(method))))
                .Select(entry => $"than {entry.method}: {Wanted.Of(Wanted.AtLeast(entry.Ratio, CheaperPrediction), Times(entry.Ratio))}"))
            .Append(".\n");
    }
}
