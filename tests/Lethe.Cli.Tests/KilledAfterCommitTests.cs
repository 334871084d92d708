namespace Lethe.Cli.Tests;

/// <summary>A process that is killed right after its commit leaves the request's intermediate file; the next writer removes it, and the same command tells its outcome.</summary>
public sealed class KilledAfterCommitTests(TinyRun tiny)
{
    [Fact]
    public void The_next_writer_removes_what_a_served_request_left()
    {
        string run = tiny.CopyRun();
        CliProcess.Run("forget", run, "--records", "0-9", "--quiet", "--no-measure", "--serve").Exits(0);
        string left = Path.Combine(run, "requests", "request-0001", "progress.json");
        File.WriteAllText(left, "{}");
        CliProcess.Run("inspect", run, "--residue", "--quiet").Exits(4);

        var repeated = CliProcess.Run("forget", run, "--records", "0-9", "--quiet", "--serve").Exits(0);
        Assert.Contains("request-0001", repeated.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(left));
        CliProcess.Run("forget", run, "--records", "0-9", "--quiet").FailsCleanly(3, "already");
        CliProcess.Run("inspect", run, "--residue", "--quiet").Exits(0);
    }
}
