namespace Lethe.Reports.Charts;

/// <summary>Scores of forgotten records (bars) against unseen ones (line), one panel a model on one common axis.</summary>
internal static class HistogramChart
{
    private const int MostBars = 48;
    private const double Width = 480, Left = 14, Right = 466, PanelHeight = 96, Gap = 30;

    public static string Draw(ScoreComparison scores)
    {
        var first = scores.Models[0].Scores;
        var (from, group, bars) = Window(scores);
        double bottom = scores.Models.Count * (PanelHeight + Gap);
        var svg = new Svg(Width, bottom + 44, $"Distribution of the {scores.Name}, forgotten records against unseen ones");
        double low = first.Low + from * first.Width, step = group * first.Width;
        var x = Scale.Linear(low, low + bars * step, Left, Right, 6, round: false);
        var shares = scores.Models.Select(model => (model.Model, Forgotten: Shares(model.Scores.Forgotten, from, group, bars), Unseen: Shares(model.Scores.Unseen, from, group, bars))).ToList();
        double highest = shares.Max(model => Math.Max(model.Forgotten.Max(), model.Unseen.Max()));
        for (int i = 0; i < shares.Count; i++)
        {
            double floor = i * (PanelHeight + Gap) + Gap + PanelHeight - 4;
            var y = Scale.Linear(0, highest, floor, floor - PanelHeight + 4, round: false);
            svg.Text(Left, floor - PanelHeight - 6, scores.Models[i].Model, "label strong");
            svg.Line(Left, floor, Right, floor, "axis-line");
            for (int bar = 0; bar < bars; bar++)
            {
                double share = shares[i].Forgotten[bar], left = x[low + bar * step], right = x[low + (bar + 1) * step];
                if (share > 0)
                    svg.Rect(left + 0.5, y[share], right - left - 1, floor - y[share], shares[i].Model, $"{Wording.Number(low + bar * step)} … {Wording.Number(low + (bar + 1) * step)}: {Wording.Percent(share)} of the forgotten records", 1);
            }

            svg.Path(Steps(shares[i].Unseen, x, y, low, step), "outline");
        }

        foreach (double tick in x.Ticks)
        {
            svg.Line(x[tick], bottom - 4, x[tick], bottom, "axis-line");
            svg.Text(x[tick], bottom + 14, Frame.Short(tick), "tick", "middle");
        }

        svg.Text(Right, bottom + 34, scores.Name, "axis", "end");
        return svg.ToString();
    }

    /// <summary>The bins that some model uses, joined so that no more than <see cref="MostBars"/> are drawn.</summary>
    private static (int From, int Group, int Bars) Window(ScoreComparison scores)
    {
        int count = scores.Models[0].Scores.Forgotten.Count;
        bool Used(int bin) => scores.Models.Any(model => model.Scores.Forgotten[bin] > 0 || model.Scores.Unseen[bin] > 0);
        int from = Enumerable.Range(0, count).FirstOrDefault(Used), to = Enumerable.Range(0, count).LastOrDefault(Used);
        int group = Math.Max(1, (to - from + MostBars) / MostBars);
        return (from, group, (to - from + group) / group);
    }

    private static double[] Shares(IReadOnlyList<int> counts, int from, int group, int bars)
    {
        double all = Math.Max(1, counts.Sum());
        return [.. Enumerable.Range(0, bars).Select(bar => counts.Skip(from + bar * group).Take(group).Sum() / all)];
    }

    private static IEnumerable<(double, double)> Steps(double[] shares, Scale x, Scale y, double low, double step)
    {
        for (int bar = 0; bar < shares.Length; bar++)
        {
            yield return (x[low + bar * step], y[shares[bar]]);
            yield return (x[low + (bar + 1) * step], y[shares[bar]]);
        }
    }
}
