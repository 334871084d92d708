using Lethe.Methods.Execution;

namespace Lethe.Methods.Tests;

/// <summary>A request in progress is only taken up by the same request on the same state of the run.</summary>
public sealed class ProgressTests
{
    [Fact]
    public void Retrained_blocks_are_found_again_in_another_process()
    {
        using var fixture = SyntheticRun.Mlp();
        var (request, digest) = Interrupted(fixture);
        fixture.Reopen();
        var found = ForgetProgress.Open(fixture.Run, request, fixture.Plan("retrain", request)).Find(7);
        Assert.Equal(digest, found!.Value.Block.Checkpoint);
        Assert.Null(ForgetProgress.Open(fixture.Run, request, fixture.Plan("deep-obliviate", request)).Find(7));
    }

    [Fact]
    public void Another_state_of_the_run_starts_over()
    {
        using var fixture = SyntheticRun.Mlp();
        var (request, digest) = Interrupted(fixture);
        using (var other = fixture.Execute("retrain", fixture.Request("other", 1, 10))) fixture.Run.Commit(other.NextIndex);
        Assert.Null(ForgetProgress.Open(fixture.Run, request, fixture.Plan("retrain", request)).Find(7));
        Assert.False(fixture.Run.Store.Contains(digest));
    }

    [Fact]
    public void A_damaged_checkpoint_is_trained_again()
    {
        using var fixture = SyntheticRun.Mlp();
        var (request, digest) = Interrupted(fixture);
        var file = Directory.EnumerateFiles(fixture.Directory, "*", SearchOption.AllDirectories)
            .Single(path => path.Replace("/", "", StringComparison.Ordinal).EndsWith(digest.ToString(), StringComparison.Ordinal));
        File.SetAttributes(file, FileAttributes.Normal);
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        using var clean = SyntheticRun.Mlp();
        using var expected = clean.Execute("retrain", request);
        using var actual = fixture.Execute("retrain", request);
        Assert.Equal(expected.NextIndex.Served, actual.NextIndex.Served);
    }

    private static (Core.Requests.ForgetRequest Request, Core.Records.Digest Digest) Interrupted(SyntheticRun fixture)
    {
        var request = fixture.Request("r", 2, 7);
        var plan = fixture.Plan("retrain", request);
        using var replay = new BlockReplay(
            fixture.Context(), fixture.Run.Recipe, fixture.Run.Partition, request.Records.Select(record => record.Value).ToHashSet(),
            ForgetProgress.Open(fixture.Run, request, plan));
        return (request, replay.Retrain(7, replay.Load(6), TestContext.Current.CancellationToken).Digest);
    }
}
