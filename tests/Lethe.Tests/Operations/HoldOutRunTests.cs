using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Operations;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;

namespace Lethe.Tests.Operations;

/// <summary>A run that holds out a part of its data, from training to verification.</summary>
public sealed class HoldOutRunTests : IDisposable
{
    private const int Records = 120;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lethe-hold-out-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private TrainingRequest Request(string run) => new()
    {
        Data = new DataRequest { Source = $"csv:{PathOf("people.csv")}?label=y", SubjectsFile = PathOf("who.csv") },
        Out = PathOf(run),
        Model = "mlp",
        ModelOptions = new Dictionary<string, string> { ["hidden"] = "8" },
        Blocks = 4,
        EpochsPerBlock = 1,
        Threads = 1,
        HoldOut = 0.25,
    };

    private void WriteData()
    {
        File.WriteAllText(PathOf("people.csv"), "a,b,y\n" + string.Join('\n', Enumerable.Range(0, Records).Select(i => FormattableString.Invariant($"{i % 7},{i % 11},{(i % 7 > 3 ? "high" : "low")}"))));
        File.WriteAllText(PathOf("who.csv"), string.Join('\n', Enumerable.Range(0, Records).Select(i => $"person-{i / 6}")));
    }

    [Fact]
    public void Every_step_reads_the_same_split_and_names_records_as_the_source_does()
    {
        WriteData();
        var engine = new LetheEngine();
        string path = engine.Train(Request("run"), cancellation: Cancellation).Run;
        int[] trained;
        int held;
        using (var run = Run.Open(path, writable: false))
        {
            using var data = DataReading.LoadTraining(run);
            using var test = DataReading.LoadTest(run, data)!;
            Assert.Equal(Records, data.Count + test.Count);
            Assert.Empty(data.Manifest.Subjects!.Intersect(test.Manifest.Subjects!));
            trained = [.. data.Manifest.Numbering!.Numbers];
            held = test.Manifest.SourceNumber(new RecordId(0));
            var resolved = SelectionResolver.Resolve(new RecordSelection { Records = $"0-{Records - 1}" }, data, []);
            Assert.Equal(data.Count, resolved.Records.Count);
            Assert.Equal(Records, ((Selection.ByRecords)resolved.Selection).Records.Count);
            resolved = SelectionResolver.Resolve(new RecordSelection { Records = $"{trained[^1]}" }, data, []);
            Assert.Equal(new RecordId(data.Count - 1), Assert.Single(resolved.Records));
            Assert.Equal($"1 record: {trained[^1]}", resolved.Selection.Describe());
            Assert.Equal(resolved.Records, SelectionResolver.Resolve(new RecordSelection { Where = $"record = {trained[^1]}" }, data, []).Records);
            string gone = test.Manifest.Subjects![0].Value;
            Assert.Contains("held out for testing", Assert.Throws<BadDataException>(() => SelectionResolver.Resolve(new RecordSelection { Subjects = gone }, data, [])).Message, StringComparison.Ordinal);
        }

        Assert.Contains($"Record {held} is held out", Assert.Throws<BadDataException>(() => engine.Plan(path, new RecordSelection { Records = $"{trained[0]},{held}" })).Message, StringComparison.Ordinal);
        Assert.Equal(1, engine.Forget(path, new RecordSelection { Records = $"{trained[5]}" }, cancellation: Cancellation).Records);
        Assert.NotNull(engine.Verify(path, new VerificationOptions { GoldSeeds = 1 }, cancellation: Cancellation));
        string hint = engine.Export(path, ExportFormat.Safetensors, PathOf("model.safetensors")).Input;
        Assert.Contains("N×2: the columns encoded as in training", hint, StringComparison.Ordinal);
        Assert.DoesNotContain("0…1", hint, StringComparison.Ordinal);
        var description = engine.DescribeData(Request("x").Data);
        Assert.Equal(["a", "b"], description.Features!.Select(feature => feature.Name));
    }

    [Fact]
    public void Test_data_and_a_hold_out_together_are_refused()
    {
        WriteData();
        var engine = new LetheEngine();
        var request = Request("run");
        Assert.Contains("leave out one of", Assert.Throws<UsageException>(() => engine.Train(request with { Test = $"csv:{PathOf("people.csv")}?label=y" }, cancellation: Cancellation)).Message, StringComparison.Ordinal);
        Assert.Contains("says already", Assert.Throws<UsageException>(() => engine.Train(request with { Data = request.Data with { Source = request.Data.Source + "&hold-out=0.5" } }, cancellation: Cancellation)).Message, StringComparison.Ordinal);
        Assert.Contains("a test split of its own", Assert.Throws<UsageException>(() => engine.Train(request with { Data = new DataRequest { Source = "mnist:/absent" } }, cancellation: Cancellation)).Message, StringComparison.Ordinal);
        Assert.Throws<UsageException>(() => engine.Train(request with { HoldOut = 1.5 }, cancellation: Cancellation));
        Assert.False(Directory.Exists(PathOf("run")));
    }
}
