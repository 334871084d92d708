using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Partitions;
using Lethe.Core.Progress;
using Lethe.Reports;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Makes a run of a classifier that was trained elsewhere.</summary>
internal sealed class ImportOperation(IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    private const int MostMeasured = 2_000;
    private const int HintRecords = 100;
    private const double HintMargin = 0.1;
    private const double NearChance = 1.5;
    private const ulong SampleStream = 0x494D50; // "IMP"

    public ImportSummary Import(ImportRequest request)
    {
        TrainingOperation.RequireFree(request.Out);
        byte[] file = Read(request.Model);
        if (request.Device == "cuda" && !torch.cuda.is_available())
            throw new UsageException("--device cuda: this libtorch sees no CUDA device. Import with --device cpu, or set LIBTORCH to a CUDA build.");
        byte[] network = ImportedModel.WithoutValues(file, request.Model);
        var source = DataReading.SourceOf(request.Data, request.Test);
        var testSource = request.Test is { } text ? DataSource.Parse(text) : source.Test;
        using var data = source.Load(DataReading.OptionsOf(request.Data));
        using var test = testSource is null ? null : DataReading.LoadTest(testSource, data, DataReading.OptionsOf(request.Data));
        TrainingTrial.RequireSameShape(data, test);
        var form = InputForm.Of(request.Normalize, request.InputRange, data);
        var recipe = RecipeOf(request, form).ResolvedFor(data);
        EngineProfile.Apply(recipe);
        using (var tried = ImportedModel.Open(file, request.Model))
            new ImportTrial(request.Model, data, form).Require(tried);

        using var model = ImportedModel.Open(file, request.Model);
        model.to(torch.device(request.Device));
        var (measured, warnings) = Measure(model, data, form, recipe.Seed);
        progress?.Report(new ProgressUpdate("measure", 1, 2, "test data"));
        double? unseen = test is null ? null : new Evaluator().Evaluate(model, test, form, cancellation: cancellation).Accuracy;
        using var run = Run.Create(request.Out, new RunConfig
        {
            Recipe = recipe,
            Partition = Partition.Create(data.Manifest, new PartitionOptions { Blocks = 1, Seed = recipe.Seed }),
            Dataset = DatasetReference.Of(data.Manifest),
            Source = source.Canonical,
            TestSource = testSource?.Canonical,
            SubjectsFile = TrainingOperation.Absolute(request.Data.SubjectsFile),
            WritersFile = TrainingOperation.Absolute(request.Data.WritersFile),
            Network = network,
        });
        using var state = StateDict.FromModule(model);
        var digest = run.Put(state);
        run.Commit(run.Index with { Status = RunStatus.Ready, Checkpoints = [null, digest], Served = digest });
        RunEvents.Complete(run);
        return new ImportSummary
        {
            Run = run.Directory,
            Setting = RunSetting.Of(run),
            Parameters = state.ParameterCount,
            Input = InputForm.Describe(form, data.IsImage),
            TrainingAccuracy = measured.Accuracy,
            TrainingRecords = measured.Losses.Length,
            TestAccuracy = unseen,
            Warnings = warnings,
            Digest = digest,
        };
    }

    private (EvaluationResult, IReadOnlyList<string>) Measure(ScriptModule model, TensorDataset data, Normalization form, ulong seed)
    {
        int[] records = [.. Enumerable.Range(0, data.Count)];
        new CounterRandom(seed, SampleStream).Shuffle(records.AsSpan());
        int[] few = [.. records.Take(HintRecords).Order()];
        double Accuracy(Normalization other) => new Evaluator().Evaluate(model, data, other, few, cancellation).Accuracy;

        progress?.Report(new ProgressUpdate("measure", 0, 2, "training data"));
        var result = new Evaluator().Evaluate(model, data, form, [.. records.Take(MostMeasured).Order()], cancellation);
        var others = InputForm.Usual(data).Where(usual => usual.Form != form).Select(usual => new Rival(usual.Option, Accuracy(usual.Form)));
        var best = others.MaxBy(usual => usual.Accuracy);
        var warnings = new List<string>();
        if (best?.Accuracy > Accuracy(form) + HintMargin)
            warnings.Add($"With {best.Option} the model would be right for {Wording.Percent(best.Accuracy)} of {few.Length} training records: its inputs were probably prepared so in training. Delete the run and import again with that option.");
        else if (result.Accuracy < NearChance / data.Manifest.ClassCount)
            warnings.Add($"The model is hardly better than chance on its own training data. Check the preparation of its inputs (--normalize, --input-range), and that its outputs stand in the order of the data's classes: {string.Join(", ", data.Manifest.ClassNames)}.");
        return (result, warnings);
    }

    private static Recipe RecipeOf(ImportRequest request, Normalization form) => new()
    {
        Scheme = TrainingScheme.Imported,
        Model = ImportedModel.ModelName,
        Blocks = 1,
        EpochsPerBlock = 1,
        LearningRate = RecipeDefaults.ImportedLearningRate,
        Momentum = RecipeDefaults.ImportedMomentum,
        BatchSize = RecipeDefaults.ImportedBatchSize,
        Schedule = ScheduleKind.Constant,
        Normalization = form,
        Precision = Precision.Fp32,
        Device = request.Device,
        Seed = request.Seed,
        Threads = request.Threads,
    };

    private sealed record Rival(string Option, double Accuracy);

    private static byte[] Read(string path)
    {
        if (Directory.Exists(path))
            throw new BadDataException($"{path} is a directory; name a TorchScript file, as torch.jit.save writes it.");
        if (!File.Exists(path))
            throw new BadDataException($"{path} does not exist. Name a TorchScript file, as torch.jit.save writes it.");
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"{path} cannot be read: {error.Message}", error);
        }
    }
}
