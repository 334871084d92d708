namespace Lethe.Reports.Charts;

/// <summary>The attack's curve for each model with both rates on logarithmic axes, where a careful attacker's success shows.</summary>
internal static class RocChart
{
    public static string Draw(ScoreComparison scores)
    {
        const double width = 480, height = 372;
        var frame = new Frame(58, 34, 462, 316);
        var svg = new Svg(width, height, $"ROC of the attack by {scores.Name}, in logarithmic axes");
        var x = Scale.Log(ScoreDistribution.LowestRate, 1, frame.Left, frame.Right);
        var y = Scale.Log(ScoreDistribution.LowestRate, 1, frame.Bottom, frame.Top);
        frame.DrawY(svg, y, "forgotten records found (true positive rate)", Share);
        frame.DrawX(svg, x, "wrongly accused (false positive rate)", Share);
        foreach (double rate in (double[])[0.001, 0.01])
            svg.Line(x[rate], frame.Top, x[rate], frame.Bottom, "mark");
        svg.Path([(x[ScoreDistribution.LowestRate], y[ScoreDistribution.LowestRate]), (x[1], y[1])], "chance");
        svg.Text(x[0.002] + 10, y[0.002] + 14, "chance", "tick");
        foreach (var model in scores.Models)
            svg.Path(model.Scores.TruePositiveRates.Select((rate, i) => (x[model.Scores.RateOf(i)], y[rate])), "line line-" + model.Model);
        return svg.ToString();
    }

    /// <summary>Whole decades only: the ticks between stand too close for words.</summary>
    private static string Share(double rate) => Math.Abs(Math.Log10(rate) - Math.Round(Math.Log10(rate))) < 1e-9 ? FormattableString.Invariant($"{rate * 100:0.###} %") : "";
}
