using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Partitions;
using Lethe.Core.Plans;
using Lethe.Core.Progress;
using Lethe.Reports;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Makes a run of a classifier that was trained elsewhere.</summary>
internal sealed class ImportOperation(TimeProvider time, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    private const int MostMeasured = 2_000;
    private const int HintRecords = 100;
    private const double HintMargin = 0.1;
    private const double NearChance = 1.5;
    private const ulong SampleStream = 0x494D50; // "IMP"

    public ImportSummary Import(ImportRequest request)
    {
        TrainingOperation.RequireFree(request.Out, resumable: false);
        var file = ImportedFile.Read(request);
        var wanted = ImportedRecipe.Of(request, file.Model);
        EngineProfile.RequireDevice(request.Device, "Import");
        byte[]? network = file.Network();
        var source = DataReading.SourceOf(request.Data, request.Test);
        var testSource = request.Test is { } text ? DataSource.Parse(text) : source.Test;
        using var data = source.Load(DataReading.OptionsOf(request.Data));
        using var test = testSource is null ? null : DataReading.LoadTest(testSource, data, DataReading.OptionsOf(request.Data));
        TrainingTrial.RequireSameShape(data, test);
        var form = InputForm.Of(request.Normalize, request.InputRange, data);
        var recipe = (wanted with { Normalization = form }).ResolvedFor(data);
        EngineProfile.Apply(recipe);
        var cost = Try(file, request, recipe, data);
        using var model = file.Open(data.Manifest);
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
        run.Commit(run.Index with { Status = RunStatus.Ready, Checkpoints = [null, digest], Served = digest, TrialCost = cost });
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
            Steps = RecipeDefaults.DescribeSteps(recipe),
            Assumed = ImportedRecipe.Assumed(request, recipe),
            Warnings = warnings,
            Digest = digest,
        };
    }

    /// <summary>Tries a copy of the model, and tells what its training costs; null where the recipe's batches are too large for the machine.</summary>
    private CostAccount? Try(ImportedFile file, ImportRequest request, Recipe recipe, TensorDataset data)
    {
        using var tried = file.Open(data.Manifest);
        new ImportTrial(request.Model, data, recipe.Normalization!).Require(tried);
        try
        {
            return new StepTiming(recipe, data, time).Measure(tried, cancellation);
        }
        catch (TorchException)
        {
            return null;
        }
    }

    private (EvaluationResult, IReadOnlyList<string>) Measure(torch.nn.Module<Tensor, Tensor> model, TensorDataset data, Normalization form, ulong seed)
    {
        int[] records = [.. Enumerable.Range(0, data.Count)];
        new CounterRandom(seed, SampleStream).Shuffle(records.AsSpan());
        int[] few = [.. records.Take(HintRecords).Order()];
        double Accuracy(Normalization other) => new Evaluator().Evaluate(model, data, other, few, cancellation).Accuracy;

        progress?.Report(new ProgressUpdate("measure", 0, 2, "training data"));
        var result = new Evaluator().Evaluate(model, data, form, [.. records.Take(MostMeasured).Order()], cancellation);
        Rival[] others = [.. InputForm.Usual(data).Where(usual => usual.Form != form).Select(usual => new Rival(usual.Option, Accuracy(usual.Form)))];
        var best = others.MaxBy(usual => usual.Accuracy);
        Rival[] near = best is null ? [] : [.. others.Where(other => other.Accuracy >= best.Accuracy - HintMargin)];
        var warnings = new List<string>();
        if (best?.Accuracy > Accuracy(form) + HintMargin)
            warnings.Add($"With {string.Join(" or ", near.Select(rival => $"{rival.Option} ({Wording.Percent(rival.Accuracy)})"))} the model would be right for more of {few.Length} training records: its inputs were probably prepared so in training. Delete the run and import again with {(near.Length == 1 ? "that option" : "the one that its training used")}.");
        else if (result.Accuracy < NearChance / data.Manifest.ClassCount)
            warnings.Add($"The model is hardly better than chance on its own training data. Check the preparation of its inputs (--normalize, --input-range), and that its outputs stand in the order of the data's classes: {string.Join(", ", data.Manifest.ClassNames)}.");
        return (result, warnings);
    }

    private sealed record Rival(string Option, double Accuracy);
}
