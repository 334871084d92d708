using Lethe.Core.Errors;
using Lethe.Core.Partitions;
using Lethe.Core.Progress;
using Lethe.Core.Records;
using Lethe.Reports;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Runs;
using Lethe.Training.Scenarios;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Trains new runs and goes on with stopped ones.</summary>
internal sealed class TrainingOperation(
    TimeProvider time, Action<IReadOnlyList<Fact>>? onSetting, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    public bool ForceProfile { get; init; }

    public ShardWorkers? Workers { get; init; }

    public TrainingSummary Train(TrainingRequest request)
    {
        var recipe = RecipeOf(request).Validated();
        var policy = request.Policy is { } file ? PolicyFile.Read(file) : null;
        var source = DataReading.SourceOf(request.Data, request.Test, request.HoldOut);
        var testSource = request.Test is { } text ? DataSource.Parse(text) : source.Test;
        RequireFree(request.Out, resumable: true);
        using var data = DataReading.Planted(source.Load(DataReading.OptionsOf(request.Data)), request.Canaries?.Validated());
        using var test = testSource is null ? null : DataReading.LoadTest(testSource, data, DataReading.OptionsOf(request.Data));
        var partition = Partition.Create(data.Manifest, PartitionOf(request, recipe));
        using var initial = InitialWeightsOf(request, recipe.ModelFor(data.Manifest));
        var resolved = recipe.ResolvedFor(data) with { InitialWeights = initial?.Description };
        TrainingTrial.Require(resolved, data, test, partition);
        using var run = Run.Create(request.Out, new RunConfig
        {
            Recipe = resolved,
            InitialWeights = initial,
            Partition = partition,
            Dataset = DatasetReference.Of(data.Manifest),
            Source = source.Canonical,
            TestSource = testSource?.Canonical,
            SubjectsFile = Absolute(request.Data.SubjectsFile),
            WritersFile = Absolute(request.Data.WritersFile),
            Canaries = request.Canaries,
            CanaryPeople = request.Canaries is { } registry ? CanarySet.Draw(registry, data.Manifest).Owners.Count : null,
        });
        if (policy is not null)
            PolicyFile.Write(run.Directory, policy);
        return ToEnd(run, data, test);
    }

    public TrainingSummary Resume(string directory)
    {
        using var run = Run.Open(directory, writable: true);
        using var data = DataReading.LoadTraining(run);
        using var test = DataReading.LoadTest(run, data);
        return ToEnd(run, data, test);
    }

    private TrainingSummary ToEnd(Run run, TensorDataset data, TensorDataset? test)
    {
        var setting = RunSetting.Of(run);
        onSetting?.Invoke(setting);
        if (run.Recipe.Scheme != TrainingScheme.Sisa && Workers?.Most is { } most)
            throw new UsageException($"--processes {most} means nothing to {run.Directory}: only the shards of a SISA run are trained by several processes. Leave it out.");
        var (start, workers) = (time.GetTimestamp(), 1);
        if (run.Recipe.Scheme == TrainingScheme.Sisa && run.Index.Status != RunStatus.Ready && Workers is { } allowed)
        {
            workers = WorkerCount.Of(allowed, run, data);
            if (workers > 1) new ShardProcesses(allowed, ForceProfile, progress, cancellation).Train(run, workers);
        }
        TrainingSession.Train(run, data, progress, cancellation, new TrainingOptions { Time = time, ForceProfile = ForceProfile });
        RunEvents.Complete(run);
        var elapsed = time.GetElapsedTime(start).TotalSeconds;
        return new TrainingSummary
        {
            Processes = workers,
            Elapsed = elapsed,
            Scheme = run.Recipe.Scheme,
            Run = run.Directory,
            Setting = setting,
            Canaries = run.PlantedCanaries,
            FirstRecord = data.Manifest.SourceNumber(new RecordId(0)),
            TestAccuracy = test is null ? null : TestAccuracy(run, test),
            Digest = run.Index.Served!.Value,
            Samples = run.Index.TrainingCost.Samples,
            Seconds = run.Index.TrainingCost.Seconds,
            BytesOnDisk = RunSetting.BytesOnDisk(run.Directory),
        };
    }

    private double TestAccuracy(Run run, TensorDataset test)
    {
        using var model = run.CreateModel(run.Index.Served!.Value);
        return new Evaluator().Evaluate(model, test, run.Normalization, cancellation: cancellation).Accuracy;
    }

    private static Recipe RecipeOf(TrainingRequest request)
    {
        if (request.Scheme == TrainingScheme.Plain && request.Blocks is { } blocks and not 1)
            throw new UsageException($"--blocks {blocks}: plain training has one block that holds all records. Leave --blocks out, or train with --scheme deep-obliviate.");
        var defaults = RecipeDefaults.For(request.Model, request.Scheme);
        if (request.Scheme == TrainingScheme.Sisa)
            defaults = RecipeDefaults.Sharded(
                defaults, request.Shards ?? defaults.Shards, request.Slices ?? defaults.Layout.Slices, request.EpochsPerBlock ?? Recipe.DefaultPlainEpochs);
        return defaults with
        {
            Aggregation = NamedValue.Of(request.Aggregation, "aggregation", defaults.Aggregation),
            ModelOptions = request.ModelOptions,
            Optimizer = NamedValue.Of(request.Optimizer, "optimizer", defaults.Optimizer),
            LearningRate = request.LearningRate ?? defaults.LearningRate,
            Momentum = request.Momentum ?? defaults.Momentum,
            WeightDecay = request.WeightDecay ?? defaults.WeightDecay,
            Schedule = NamedValue.Of(request.Schedule, "schedule", defaults.Schedule),
            BatchSize = request.BatchSize ?? defaults.BatchSize,
            Blocks = request.Blocks ?? defaults.Blocks,
            EpochsPerBlock = request.Scheme == TrainingScheme.Sisa ? defaults.EpochsPerBlock : request.EpochsPerBlock ?? defaults.EpochsPerBlock,
            Augment = request.Augment ?? defaults.Augment,
            Precision = NamedValue.Of(request.Precision, "precision", defaults.Precision),
            Device = request.Device,
            Seed = request.Seed,
            Threads = request.Threads,
        };
    }

    private static PretrainedWeights? InitialWeightsOf(TrainingRequest request, ModelSpec model)
    {
        if (request.InitialWeights is { } path)
            return PretrainedWeights.Read(path, model, request.InitialExcept);
        return request.InitialExcept.Count == 0
            ? null
            : throw new UsageException("--init-except names layers that --init FILE is not to fill; without --init all layers start at random. Give --init, or leave --init-except out.");
    }

    private static PartitionOptions PartitionOf(TrainingRequest request, Recipe recipe) => new()
    {
        Blocks = recipe.Blocks,
        Kind = request.Partition,
        Seed = recipe.Seed,
        LateSubjects = [.. request.LateSubjects.Select(subject => new SubjectId(subject))],
        LateShare = request.LateShare,
    };

    /// <summary>Refuses a taken directory before the data is read; creating the run checks again under its lock.</summary>
    internal static void RequireFree(string directory, bool resumable)
    {
        if (string.IsNullOrWhiteSpace(directory))
            throw new UsageException("The directory of the new run has no name.");
        if (File.Exists(directory) || File.Exists(Path.Combine(directory, "index.json")))
            throw new BadDataException($"{directory} exists already. Choose another directory{(resumable ? $", or go on with a run: lethe train --resume {directory}" : ", or delete it.")}");
    }

    internal static string? Absolute(string? path) => path is null ? null : Path.GetFullPath(path);
}
