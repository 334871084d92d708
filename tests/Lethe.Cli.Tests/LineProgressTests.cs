using Lethe.Cli.Rendering;
using Lethe.Core.Progress;

namespace Lethe.Cli.Tests;

public sealed class LineProgressTests
{
    [Fact]
    public void Work_that_starts_over_in_the_same_stage_is_timed_anew()
    {
        var time = new HandClock();
        var writer = new StringWriter { NewLine = "\n" };
        var progress = new LineProgress(writer, time);
        progress.Report(new ProgressUpdate("gold", 10, 100, "seed 1"));
        time.Seconds = 60;
        progress.Report(new ProgressUpdate("gold", 70, 100, "seed 1"));
        time.Seconds = 61;
        progress.Report(new ProgressUpdate("gold", 1, 100, "seed 2"));
        time.Seconds = 67;
        progress.Report(new ProgressUpdate("gold", 13, 100, "seed 2"));
        Assert.Equal(
            "gold: seed 1 (10 %)\ngold: seed 1 (70 %, 30 s left)\ngold: seed 2 (1 %)\ngold: seed 2 (13 %, 44 s left)\n",
            writer.ToString());
    }

    [Fact]
    public void Lines_come_five_seconds_apart()
    {
        var time = new HandClock();
        var writer = new StringWriter { NewLine = "\n" };
        var progress = new LineProgress(writer, time);
        for (int block = 1; block <= 11; block++)
        {
            progress.Report(new ProgressUpdate("train", block, 0));
            time.Seconds += 1;
        }

        Assert.Equal("train\ntrain\ntrain\n", writer.ToString());
    }

    private sealed class HandClock : TimeProvider
    {
        public int Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
