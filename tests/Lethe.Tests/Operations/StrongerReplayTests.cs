using Lethe.Core.Numerics;
using Lethe.Core.Records;
using Lethe.Core.Steps;
using Lethe.Operations;

namespace Lethe.Tests.Operations;

/// <summary>What a replay's file holds after another replay of the same state.</summary>
public sealed class StrongerReplayTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lethe-stronger-");

    private string File => Path.Combine(_folder.FullName, ReplayReport.FileName);

    /// <summary>Block 3 was unequal; then 4 to 10 are executed, and 7 is unequal: both stay until both are equal.</summary>
    [Fact]
    public void New_bad_news_is_added_to_old_bad_news()
    {
        Assert.Equal([3], Unequal(After(Replay([3, 5], unequal: 3))));
        var both = After(Replay([4, 5, 6, 7, 8, 9, 10], unequal: 7));
        Assert.Equal([3, 7], Unequal(both));
        Assert.Equal([3, 4, 5, 6, 7, 8, 9, 10], both.Steps.Select(step => step.Block));
        Assert.Null(both.Key);
        Assert.Equal([3, 7], Unequal(After(Replay([4, 5, 6, 7, 8, 9, 10]))));
        Assert.Equal([3, 7], Unequal(After(Replay([3]))));
        Assert.True(After(Replay([3, 7])).Equal);
    }

    [Fact]
    public void Bad_news_replaces_good_news_and_good_news_the_same_steps()
    {
        Assert.Equal(4, After(Replay([1, 2, 3, 4])).Steps.Count);
        Assert.Equal(4, After(Replay([2])).Steps.Count);
        Assert.Equal([2], After(Replay([2], unequal: 2)).Steps.Select(step => step.Block));
        Assert.True(After(Replay([2])).Equal);
        Assert.Equal(4, After(Replay([1, 2, 3, 4])).Steps.Count);
    }

    [Fact]
    public void Replay_of_another_state_is_replaced()
    {
        After(Replay([3], unequal: 3));
        Assert.Equal([4], After(Replay([4], unequal: 4) with { Served = Digest.OfText("another model") }).Steps.Select(step => step.Block));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Does with the file what the command does.</summary>
    private ReplayReport After(ReplayReport fresh)
    {
        var stored = StrongerReplay.Stored(File, fresh);
        if (stored is null || !StrongerReplay.Stays(stored, fresh))
            System.IO.File.WriteAllText(File, StrongerReplay.Merged(stored, fresh).ToJson());
        return ReplayReport.FromJson(System.IO.File.ReadAllText(File));
    }

    private static IEnumerable<int> Unequal(ReplayReport report) => report.Steps.Where(step => !step.Equal).Select(step => step.Block);

    private static ReplayReport Replay(int[] blocks, int unequal = -1)
    {
        var (bits, others) = (Digest.OfText("bits"), Digest.OfText("other bits"));
        return new ReplayReport
        {
            Format = ReplayReport.CurrentFormat,
            Request = "request-0001",
            Served = bits,
            Data = bits,
            Partition = bits,
            Recipe = bits,
            Profile = new NumericProfile("1.13.1", 1, "AVX2", "fp32", "cpu", "test"),
            Forgotten = 1,
            Deleted = bits,
            Recorded = [bits],
            Available = 11,
            AvailableSamples = 110,
            Share = 0.5,
            Key = "key",
            Steps = [.. blocks.Select(block => new ReplayedStep(block, StepKind.Trained, bits, block == unequal ? others : bits, null, 1, 0, null, 10, 0.5))],
            Problems = [],
            Proves = [],
            DoesNotProve = [],
            At = DateTimeOffset.UnixEpoch,
        };
    }
}
