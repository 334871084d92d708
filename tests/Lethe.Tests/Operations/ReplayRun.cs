using Lethe.Core.Numerics;
using Lethe.Core.Partitions;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Core.Steps;
using Lethe.Methods;
using Lethe.Methods.Options;
using Lethe.Operations;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Tests.Operations;

/// <summary>A tiny run in a folder of its own, and what somebody with write access may do to it.</summary>
internal sealed class ReplayRun : IDisposable
{
    public const int Records = 400;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lethe-replay-");

    public ReplayRun(TrainingScheme scheme = TrainingScheme.DeepObliviate, int blocks = 10)
    {
        File.WriteAllText(DataFile, Table());
        bool sharded = scheme == TrainingScheme.Sisa;
        Engine.Train(
            new TrainingRequest
            {
                Data = new DataRequest { Source = $"csv:{DataFile}?label=y" },
                Out = Folder,
                Model = "mlp",
                ModelOptions = new Dictionary<string, string> { ["hidden"] = "6" },
                Scheme = scheme,
                Blocks = scheme == TrainingScheme.DeepObliviate ? blocks : null,
                Shards = sharded ? 3 : null,
                Slices = sharded ? 2 : null,
                EpochsPerBlock = 2,
                BatchSize = 4,
                Threads = 1,
            },
            cancellation: TestContext.Current.CancellationToken);
    }

    public LetheEngine Engine { get; } = new();

    public string Folder => Path.Combine(_folder.FullName, "run");

    public string DataFile => Path.Combine(_folder.FullName, "data.csv");

    public string TrainingSteps => Path.Combine(Folder, StepRecording.FileName);

    public ReplayReport Replay(ReplayOptions options) => Engine.Replay(Folder, options, cancellation: TestContext.Current.CancellationToken).Replay;

    public ReplayReport ReplayAll() => Replay(new ReplayOptions { All = true });

    public void Forget(string method, params int[] records) => Engine.Forget(
        Folder, new RecordSelection { Records = string.Join(',', records) }, new ForgettingOptions { Method = method, Measure = false, Serve = true }, cancellation: TestContext.Current.CancellationToken);

    public T Read<T>(Func<Run, T> read)
    {
        using var run = Run.Open(Folder, writable: false);
        return read(run);
    }

    /// <summary>Puts another model in the place of a checkpoint, in the index, the records and the later step's input alike.</summary>
    public void Manipulate(int block, string steps)
    {
        using var run = Run.Open(Folder, writable: true);
        var old = run.Index.Checkpoints[block]!.Value;
        byte[] bytes = run.Store.Get(old);
        bytes[^1] ^= 1;
        var forged = run.Store.Put(bytes);
        File.WriteAllText(steps, File.ReadAllText(steps).Replace(old.ToString(), forged.ToString(), StringComparison.Ordinal));
        run.Commit(run.Index with
        {
            Checkpoints = [.. run.Index.Checkpoints.Select(digest => digest == old ? forged : digest)],
            Served = run.Index.Served == old ? forged : run.Index.Served,
        });
    }

    /// <summary>Serves a request by a method, but trains with one record that all files say was deleted.</summary>
    public void ForgetAllBut(string method, int kept, params int[] records)
    {
        using var run = Run.Open(Folder, writable: true);
        using var data = DataReading.LoadTraining(run);
        RecordId[] honest = [.. records.Except([kept]).Select(record => new RecordId(record))];
        var request = ForgetRequest.Create("request-0001", new Selection.ByRecords(honest), honest, DateTimeOffset.UnixEpoch);
        var chosen = MethodCatalog.Find(method);
        var plan = chosen.Plan(request, run, data.Manifest, MethodOptions.None);
        using var result = chosen.Execute(plan, request, new UnlearningContext(run, data, null, TimeProvider.System), TestContext.Current.CancellationToken);
        var claimed = records.ToHashSet();
        var steps = result.Steps with
        {
            Deleted = DeletedRecords.DigestOf(claimed),
            Steps = [.. result.Steps.Steps.Select(step => step.Kind == StepKind.Trained ? step with { Deleted = StepRecording.DeletedIn(run, step.Block, claimed) } : step)],
        };
        File.WriteAllText(Path.Combine(run.RequestDirectory(request.Id), StepRecording.FileName), steps.ToJson());
        run.Commit(result.NextIndex with { Deleted = [.. claimed.Order()] });
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Table()
    {
        var random = new CounterRandom(5, 3);
        return "a,b,c,y\n" + string.Join('\n', Enumerable.Range(0, Records).Select(i =>
            FormattableString.Invariant($"{random.NextNormal() + i % 2:F4},{random.NextNormal() - i % 2:F4},{random.NextNormal():F4},{(i % 2 == 0 ? "low" : "high")}")));
    }
}
