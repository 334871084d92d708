namespace Lethe.Reports.Charts;

/// <summary>One cell a block, in rows: untouched, held forgotten records, retrained, stitched.</summary>
internal static class TimelineChart
{
    public static string Draw(BlockTimeline timeline)
    {
        int count = timeline.Blocks.Count;
        int perRow = count switch { <= 100 => 25, <= 250 => 50, _ => 100 };
        const double left = 34, width = 480;
        double cell = (width - left - 2) / perRow, height = Math.Min(cell, 18);
        int rows = (count + perRow - 1) / perRow;
        var svg = new Svg(width, rows * (height + 3) + 4, "What happened to each block");
        for (int i = 0; i < count; i++)
        {
            int row = i / perRow;
            double x = left + i % perRow * cell, y = row * (height + 3) + 2;
            if (i % perRow == 0)
                svg.Text(left - 6, y + height / 2 + 4, (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), "tick", "end");
            svg.Rect(x + 0.75, y, cell - 1.5, height, ClassOf(timeline.Blocks[i]), $"block {i + 1}: {Describe(timeline.Blocks[i])}", 1.5);
        }

        return svg.ToString();
    }

    public static string ClassOf(BlockState state) => state switch
    {
        BlockState.Untouched => "untouched",
        BlockState.Forgotten => "forgotten",
        BlockState.Retrained => "retrained",
        _ => "stitched",
    };

    public static string Describe(BlockState state) => state switch
    {
        BlockState.Untouched => "never saw the records, kept",
        BlockState.Forgotten => "held forgotten records, retrained without them",
        BlockState.Retrained => "retrained, because memory had not faded",
        _ => "stored update reused (stitched)",
    };
}
