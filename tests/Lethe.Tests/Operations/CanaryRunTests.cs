using System.Buffers.Binary;
using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Verdicts;
using Lethe.Operations;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Scenarios;
using Lethe.Training.Training;
using Lethe.Verification;

namespace Lethe.Tests.Operations;

/// <summary>A run with canaries: a person who has one is forgotten, exactly and not at all.</summary>
public sealed class CanaryRunTests : IDisposable
{
    private const int People = 20;
    private const int RecordsEach = 24;
    private const int Side = 12;
    private static readonly CanaryRegistry Registry = new(new string('c', 64), Share: 0.1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lethe-canaries-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Retraining_forgets_the_trigger_and_doing_nothing_does_not()
    {
        string path = Train(Registry);
        using var run = Run.Open(path, writable: false);
        using var data = DataReading.LoadTraining(run);
        using var test = DataReading.LoadTest(run, data)!;
        var owner = CanarySet.Draw(run.Canaries!, data.Manifest).Owners[0];
        int[] records = [.. owner.Records.Select(record => record.Value)];
        using var served = run.Load(run.Index.Served!.Value);
        using var gold = Methods.Retrain.GoldTraining.Train(run, data, records.ToHashSet(), run.Recipe.Seed, cancellation: Cancellation);
        var check = new CanaryCheck(run, data, test, Cancellation);

        var forgotten = Assert.Single(check.Ask(records, served, gold.State));
        Assert.True(forgotten.Before.Rate > 0.5, $"The original has learnt the trigger to {forgotten.Before.Rate:P0} only.");
        Assert.Equal(BackdoorOutcome.Deleted, forgotten.Outcome);
        Assert.Equal(BackdoorOutcome.NotDeleted, Assert.Single(check.Ask(records, served, served)).Outcome);
        var probe = new ModelProbe(run, data, test, records, records.ToHashSet(), Cancellation) { Policy = VerificationPolicy.Default };
        Assert.InRange(probe.View(served).Figures[VerdictMeasures.BackdoorHits] - forgotten.Before.Rate, -1e-9, 1e-9);
        Assert.InRange(probe.View(gold.State).Figures[VerdictMeasures.BackdoorHits] - forgotten.After.Rate, -1e-9, 1e-9);
        Assert.Empty(check.Ask([.. owner.Stamped.Take(1).Select(record => record.Value)], served, gold.State));
        int[] others = [.. Enumerable.Range(0, data.Count).Where(record => data.Manifest.Subjects![record].Value == "p1")];
        Assert.True(owner.Subject.Value == "p1" || check.Ask(others, served, gold.State).Count == 0);
    }

    [Fact]
    public void A_forget_asks_the_canary_and_holds_what_has_not_forgotten()
    {
        string path = Train(Registry), copy = PathOf("copy");
        string person;
        using (var run = Run.Open(path, writable: false))
        using (var data = DataReading.LoadTraining(run))
            person = CanarySet.Draw(run.Canaries!, data.Manifest).Owners[0].Subject.Value;
        foreach (string file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var engine = new LetheEngine();
        var selection = new RecordSelection { Subjects = person };
        var exact = engine.Forget(path, selection, new ForgettingOptions { Method = "retrain", Serve = true }, cancellation: Cancellation);
        Assert.Equal(BackdoorOutcome.Deleted, Assert.Single(exact.Canaries).Outcome);
        Assert.Equal("tested for 1 person: 1 deleted", exact.CanaryStanding);
        Assert.Contains("tested for 1 person: 1 deleted", File.ReadAllText(exact.Report), StringComparison.Ordinal);
        Assert.Equal(RequestState.Promoted, exact.State);
        var lazy = engine.Forget(copy, selection, new ForgettingOptions { Method = "fine-tune", Settings = new Dictionary<string, string> { ["epochs"] = "1", ["lr"] = "1e-4" }, Serve = true }, cancellation: Cancellation);
        Assert.Equal(BackdoorOutcome.NotDeleted, Assert.Single(lazy.Canaries).Outcome);
        Assert.Equal(RequestState.Candidate, lazy.State);
        Assert.Contains(lazy.Waits, reason => reason.Contains("canary", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_forget_without_measures_asks_the_canary_all_the_same_or_says_why_it_cannot(bool hasTest)
    {
        var request = Request(Data(), "run", Registry) with { EpochsPerBlock = 2 };
        var engine = new LetheEngine();
        var trained = engine.Train(hasTest ? request : request with { Test = null }, cancellation: Cancellation);
        string path = trained.Run, person, other;
        Assert.Equal((2, Path.Combine(path, "canaries.json")), (trained.Canaries!.People, trained.Canaries.Registry));
        Assert.Contains("2 people", engine.Inspect(path, cancellation: Cancellation).Setting.Single(fact => fact.Name == "canaries").Value, StringComparison.Ordinal);
        using (var run = Run.Open(path, writable: false))
        using (var data = DataReading.LoadTraining(run))
        {
            var owners = CanarySet.Draw(run.Canaries!, data.Manifest).Owners;
            person = owners[0].Subject.Value;
            other = data.Manifest.DistinctSubjects.First(subject => owners.All(owner => owner.Subject != subject)).Value;
        }

        var summary = engine.Forget(path, new RecordSelection { Subjects = person }, new ForgettingOptions { Method = "retrain", Measure = false, Serve = true }, cancellation: Cancellation);
        Assert.Empty(summary.Measures);
        Assert.Equal(hasTest ? 1 : 0, summary.Canaries.Count);
        Assert.StartsWith(hasTest ? "tested for 1 person" : "not tested for 1 person", summary.CanaryStanding, StringComparison.Ordinal);
        var without = engine.Forget(path, new RecordSelection { Subjects = other }, new ForgettingOptions { Method = "retrain", Measure = false, Serve = true }, cancellation: Cancellation);
        Assert.StartsWith("nobody among the forgotten", without.CanaryStanding, StringComparison.Ordinal);
        File.Delete(trained.Canaries.Registry);
        Assert.Contains(engine.Inspect(path, searchResidue: true, cancellation: Cancellation).Residue!.Kept, line => line.StartsWith("canaries.json holds the secret that drew 2 people with canaries: ", StringComparison.Ordinal));
        Assert.Equal(!hasTest, summary.Warnings.Any(warning => warning.Contains("not asked (1)", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_registry_is_sealed_and_bound_to_the_run()
    {
        string path = Train(Registry), file = Path.Combine(path, "canaries.json");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        File.WriteAllText(file, File.ReadAllText(file).Replace("cccc", "cccd", StringComparison.Ordinal));
        using var run = Run.Open(path, writable: false);
        Assert.Contains("canaries.json", Assert.Throws<StoreDamagedException>(() => run.Canaries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Canaries_without_people_are_refused_before_anything_is_written()
    {
        string source = Data();
        var request = Request(source, "nobody", Registry) with { Data = new DataRequest { Source = source } };
        Assert.Throws<UsageException>(() => new LetheEngine().Train(request, cancellation: Cancellation));
        Assert.False(Directory.Exists(request.Out));
    }

    private string Train(CanaryRegistry registry) => new LetheEngine().Train(Request(Data(), "run", registry), cancellation: Cancellation).Run;

    private TrainingRequest Request(string source, string name, CanaryRegistry registry) => new()
    {
        Data = new DataRequest { Source = source, SubjectsFile = PathOf("who.csv") },
        Test = $"idx:{PathOf("test-images")},{PathOf("test-labels")}",
        Out = PathOf(name),
        Model = "mlp",
        ModelOptions = new Dictionary<string, string> { ["hidden"] = "32" },
        Scheme = TrainingScheme.Plain,
        EpochsPerBlock = 60,
        BatchSize = 20,
        LearningRate = 0.1,
        Threads = 1,
        Canaries = registry,
    };

    private string Data()
    {
        Write("train", People * RecordsEach, 1);
        Write("test", 200, 2);
        File.WriteAllText(PathOf("who.csv"), string.Join('\n', Enumerable.Range(0, People * RecordsEach).Select(i => $"p{i % People}")));
        return $"idx:{PathOf("train-images")},{PathOf("train-labels")}";
    }

    private void Write(string name, int count, ulong seed)
    {
        var random = new CounterRandom(seed, 5);
        byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i / 3 % 4))];
        var pixels = new byte[count * Side * Side];
        for (int i = 0; i < pixels.Length; i++)
        {
            int record = i / (Side * Side), row = i % (Side * Side) / Side;
            pixels[i] = (byte)(random.NextInt32(90) + (row / 3 == labels[record] ? 90 : 0));
        }

        File.WriteAllBytes(PathOf(name + "-images"), [.. Header(0x803, count, Side, Side), .. pixels]);
        File.WriteAllBytes(PathOf(name + "-labels"), [.. Header(0x801, count), .. labels]);
    }

    private static byte[] Header(params int[] words)
    {
        var bytes = new byte[words.Length * sizeof(int)];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(i * sizeof(int)), words[i]);
        return bytes;
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
