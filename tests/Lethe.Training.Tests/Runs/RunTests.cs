using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Tests.Training;
using Lethe.Training.Training;

namespace Lethe.Training.Tests.Runs;

public sealed class RunTests : IDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly TensorDataset data = TinyData.Images(40);
    private readonly TemporaryDirectory directory = new();

    public void Dispose()
    {
        data.Dispose();
        directory.Dispose();
    }

    [Fact]
    public void ReopensAsItWasCreated()
    {
        var config = TinyData.Config(data) with { TestSource = "tiny?split=test", SubjectsFile = "people.csv" };
        using (var run = Run.Create(directory.Run, config))
        {
            Assert.True(run.IsWritable);
        }
        using var read = Run.Open(directory.Run, writable: false);
        Assert.False(read.IsWritable);
        Assert.Equal(config.Recipe, read.Recipe);
        Assert.Equal(config.Partition.Digest, read.Partition.Digest);
        Assert.Equal("tiny", read.Source);
        Assert.Equal("tiny?split=test", read.TestSource);
        Assert.Equal("people.csv", read.DataOptions.SubjectsFile);
        Assert.Equal(data.Manifest.Digest, read.Dataset.Digest);
        Assert.Equal(EngineProfile.Current(config.Recipe).Digest, read.Profile.Digest);
        Assert.Equal(RunStatus.Training, read.Index.Status);
        Assert.Throws<BadDataException>(() => read.LoadCheckpoint(1));
    }

    [Fact]
    public void SaysWhichRequestDestroyedACheckpoint()
    {
        using var run = Run.Create(directory.Run, TinyData.Config(data));
        var early = Assert.Throws<BadDataException>(() => run.LoadCheckpoint(3));
        Assert.Contains("--resume", early.Message, StringComparison.Ordinal);
        HistoryEntry Entry(string id, string method, int first, int? last) =>
            new(id, method, Guarantee.Heuristic, 1, first, last, CostAccount.Zero, default);
        run.Commit(run.Index with
        {
            Status = RunStatus.Ready,
            History = [Entry("request-0001", "fine-tune", 2, null), Entry("request-0002", "fine-tune", 4, null), Entry("request-0003", "retrain", 1, 4)],
        });
        var error = Assert.Throws<BadDataException>(() => run.LoadCheckpoint(3));
        Assert.Contains("request-0001 (fine-tune) destroyed it", error.Message, StringComparison.Ordinal);
        Assert.Contains("--method retrain", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("--resume", error.Message, StringComparison.Ordinal);
        Assert.Null(run.Index.DestroyerOf(1));
    }

    [Fact]
    public void HasOneWriterAndReadersBesideIt()
    {
        using var writer = Run.Create(directory.Run, TinyData.Config(data));
        Assert.Throws<RunInUseException>(() => Run.Open(directory.Run, writable: true));
        using var reader = Run.Open(directory.Run, writable: false);
        Assert.Throws<InvalidOperationException>(() => reader.Commit(reader.Index));
        writer.Dispose();
        Run.Open(directory.Run, writable: true).Dispose();
    }

    [Fact]
    public void RefusesADirectoryThatHoldsSomething()
    {
        Run.Create(directory.Run, TinyData.Config(data)).Dispose();
        var error = Assert.Throws<BadDataException>(() => Run.Create(directory.Run, TinyData.Config(data)));
        Assert.Contains("--resume", error.Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(directory.Path, "thesis.txt"), "mine");
        Assert.Throws<BadDataException>(() => Run.Create(directory.Path, TinyData.Config(data)));
        Assert.Throws<BadDataException>(() => Run.Open(directory.Path, writable: false));
        Assert.Throws<BadDataException>(() => Run.Open(Path.Combine(directory.Path, "none"), writable: true));
        Assert.False(Directory.Exists(Path.Combine(directory.Path, "none")));
    }

    [Fact]
    public void FinishesACreationThatWasKilled()
    {
        Run.Create(directory.Run, TinyData.Config(data)).Dispose();
        File.Move(Path.Combine(directory.Run, "index.json"), Path.Combine(directory.Run, "index.json.tmp"));
        Assert.Throws<BadDataException>(() => Run.Open(directory.Run, writable: false));
        Run.Create(directory.Run, TinyData.Config(data)).Dispose();
        Run.Open(directory.Run, writable: false).Dispose();
    }

    [Fact]
    public void CommitDestroysWhatTheNewStateDoesNotName()
    {
        using var run = Ready();
        var old = run.Index.Checkpoints[1]!.Value;
        using var state = run.LoadCheckpoint(2);
        using var zero = state.Clone();
        zero.AddDifference(state, run.LoadCheckpoint(0));
        var digest = run.Put(zero);
        Digest?[] checkpoints = [.. run.Index.Checkpoints];
        checkpoints[1] = digest;
        run.Commit(run.Index with { Checkpoints = checkpoints, Deleted = [3, 7] });
        Assert.False(run.Store.Contains(old));
        Assert.True(run.Store.Contains(digest));
        run.Dispose();
        using var read = Run.Open(directory.Run, writable: false);
        Assert.Equal(digest, read.Index.Checkpoints[1]);
        Assert.Equal([3, 7], read.Index.Deleted);
        Assert.Equal(run.Index.Generation, read.Index.Generation);
    }

    [Fact]
    public void OpeningForWritingRemovesLeftovers()
    {
        Digest leftover, pinned;
        using (var run = Ready())
        {
            leftover = run.Store.Put([1, 2, 3]);
            pinned = run.Store.Put([4, 5, 6]);
            run.Pin("r1", pinned);
            File.WriteAllText(Path.Combine(directory.Run, "index.json.tmp"), "half");
            File.WriteAllText(Path.Combine(run.RequestDirectory("r1"), "pins.tmp"), "half");
        }
        using (var reader = Run.Open(directory.Run, writable: false))
        {
            Assert.True(reader.Store.Contains(leftover));
        }
        using (var run = Run.Open(directory.Run, writable: true))
        {
            Assert.Empty(Directory.EnumerateFiles(directory.Run, "*.tmp", SearchOption.AllDirectories));
            Assert.False(run.Store.Contains(leftover));
            Assert.True(run.Store.Contains(pinned));
            run.Commit(run.Index);
            Assert.False(run.Store.Contains(pinned));
        }
    }

    [Fact]
    public void AFlippedBitIsFound()
    {
        using (var run = Ready())
        {
            FlipBit(directory.Run, run.Index.Checkpoints[2]!.Value);
            Assert.Throws<StoreDamagedException>(() => run.LoadCheckpoint(2));
            run.LoadCheckpoint(1).Dispose();
        }
        var index = Path.Combine(directory.Run, "index.json");
        File.WriteAllText(index, File.ReadAllText(index).Replace("\"samples\":20", "\"samples\":21", StringComparison.Ordinal));
        Assert.Throws<StoreDamagedException>(() => Run.Open(directory.Run, writable: false));
        File.WriteAllText(index, "");
        Assert.Throws<StoreDamagedException>(() => Run.Open(directory.Run, writable: true));
    }

    [Fact]
    public void ADamagedPartitionOrDescriptionIsFound()
    {
        Run.Create(directory.Run, TinyData.Config(data)).Dispose();
        var partition = Path.Combine(directory.Run, "partition.json");
        var text = File.ReadAllText(partition);
        File.WriteAllText(partition, TinyData.Partition(data, 2).ToJson());
        Assert.Throws<StoreDamagedException>(() => Run.Open(directory.Run, writable: false));
        File.WriteAllText(partition, text);
        File.WriteAllText(Path.Combine(directory.Run, "run.json"), "{}");
        Assert.Throws<StoreDamagedException>(() => Run.Open(directory.Run, writable: false));
    }

    [Fact]
    public void ARunOfAnotherFormatIsNotCalledDamaged()
    {
        Run.Create(directory.Run, TinyData.Config(data)).Dispose();
        File.WriteAllText(Path.Combine(directory.Run, "run.json"), """{"format": 2, "news": true}""");
        Assert.Contains("format 2", Assert.Throws<BadDataException>(() => Run.Open(directory.Run, writable: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RequestDirectoriesHavePlainNames()
    {
        using var run = Run.Create(directory.Run, TinyData.Config(data));
        Assert.True(Directory.Exists(run.RequestDirectory("2026-001")));
        Assert.All(["", "..", "a/b", ".x", "ä"], id => Assert.Throws<UsageException>(() => run.RequestDirectory(id)));
    }

    internal static void FlipBit(string run, Digest digest)
    {
        var name = digest.ToString();
        var path = Path.Combine(run, "objects", name[..2], name[2..]);
        var bytes = File.ReadAllBytes(path);
        bytes[^9] ^= 4;
        File.SetAttributes(path, FileAttributes.Normal);
        File.WriteAllBytes(path, bytes);
    }

    private Run Ready()
    {
        var run = Run.Create(directory.Run, TinyData.Config(data));
        TrainingSession.Train(run, data, null, Cancellation, new TrainingOptions { FloorBlocks = 0 });
        return run;
    }
}
