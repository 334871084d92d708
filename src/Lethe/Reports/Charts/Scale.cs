namespace Lethe.Reports.Charts;

/// <summary>Maps values to positions on an axis, linearly or by logarithm, and chooses round ticks.</summary>
internal sealed class Scale
{
    private readonly double _from;
    private readonly double _to;
    private readonly bool _logarithmic;

    private Scale(double min, double max, double from, double to, bool logarithmic, IReadOnlyList<double> ticks)
    {
        (Min, Max, _from, _to, _logarithmic, Ticks) = (min, max, from, to, logarithmic, ticks);
    }

    public double Min { get; }

    public double Max { get; }

    public IReadOnlyList<double> Ticks { get; }

    public double this[double value]
    {
        get
        {
            double share = _logarithmic
                ? Math.Log(Math.Max(value, Min) / Min) / Math.Log(Max / Min)
                : (value - Min) / (Max - Min);
            return _from + Math.Clamp(share, 0, 1) * (_to - _from);
        }
    }

    /// <summary>A linear axis; <paramref name="round"/> widens the ends to round ticks.</summary>
    public static Scale Linear(double min, double max, double from, double to, int ticks = 5, bool round = true)
    {
        if (max <= min)
            max = min + (min == 0 ? 1 : Math.Abs(min) * 0.1);
        double step = RoundStep((max - min) / ticks);
        if (round)
        {
            min = Math.Floor(min / step + 1e-9) * step;
            max = Math.Ceiling(max / step - 1e-9) * step;
        }

        var marks = new List<double>();
        for (double index = Math.Ceiling(min / step - 1e-9) + 0.0; index * step <= max + step * 1e-9; index++)
            marks.Add(Math.Round(index * step, 12) + 0.0);
        return new Scale(min, max, from, to, false, marks);
    }

    /// <summary>A logarithmic axis over positive values; ticks at 1, 2, 5 where few decades are shown.</summary>
    public static Scale Log(double min, double max, double from, double to)
    {
        if (max <= min * 1.01)
            (min, max) = (min / 2, max * 2);
        int[] steps = Math.Log10(max / min) > 3 ? [1] : [1, 2, 5];
        var marks = new List<double>();
        for (double decade = Math.Floor(Math.Log10(min)); decade <= Math.Ceiling(Math.Log10(max)); decade++)
        {
            foreach (int step in steps)
            {
                double tick = step * Math.Pow(10, decade);
                if (tick >= min * 0.999 && tick <= max * 1.001)
                    marks.Add(tick);
            }
        }

        return new Scale(min, max, from, to, true, marks);
    }

    private static double RoundStep(double step)
    {
        double magnitude = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / magnitude) switch { <= 1.0001 => 1, <= 2.0001 => 2, <= 5.0001 => 5, _ => 10 } * magnitude;
    }
}
