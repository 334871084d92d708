using Lethe.Core.Errors;
using Lethe.Training.Models;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Tests.Import;

public sealed class ImportedWeightsTests(PythonModels python)
{
    private static readonly RecordSelection First20 = new() { Records = "0-19" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void TorchvisionsWeightsComeBackAsTheyWereAndGiveTheSameOutputs()
    {
        string directory = python.Fresh();
        var imported = Import(Request(directory, "resnet18", "resnet18-imagenet"));
        Assert.Equal(11_178_564, imported.Parameters);
        using var run = Run.Open(directory, writable: false);
        using var state = run.Load(run.Index.Served!.Value);
        using var file = WeightsFile.Read(File.ReadAllBytes(python.Weights("resnet18")), "resnet18");
        Assert.Equal(file.ToSafetensors(), state.ToSafetensors());
        Assert.Empty(run.Lasting);
        Assert.True(run.Index.TrialCost is { Samples: > 0, Seconds: >= 0 });
        string exported = directory + ".pt";
        new LetheEngine().Export(directory, ExportFormat.Torchscript, exported);
        float[] expected = python.Outputs(python.Model("resnet18")), actual = python.Outputs(exported);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-4f * (1 + Math.Abs(expected[i])));
    }

    [Fact]
    public void ItIsMeasuredForgetsIsVerifiedAndIsExported()
    {
        string run = python.Fresh(), other = python.Fresh();
        var imported = Import(Request(run));
        Assert.True(imported.TrainingAccuracy > 0.95);
        Assert.True(imported.TestAccuracy > 0.9);
        Assert.Empty(imported.Warnings);
        Assert.Equal(imported.Digest, Import(Request(other)).Digest);
        var engine = new LetheEngine();
        Assert.Null(engine.Plan(run, First20).Retraining);

        var forgotten = Forget(run);
        Assert.NotEqual(forgotten.Before, forgotten.After);
        Assert.Equal(forgotten.After, Forget(other).After);
        Assert.Single(forgotten.Costs);
        Assert.Empty(engine.Inspect(run, searchResidue: true, cancellation: Cancellation).Residue!.Found);
        Assert.Equal(forgotten.After, engine.Resume(run, cancellation: Cancellation).Digest);

        string exported = run + ".safetensors";
        engine.Export(run, ExportFormat.Safetensors, exported);
        Assert.Equal("mlp", WeightsFile.ModelNamedIn(File.ReadAllBytes(exported)));
        Assert.Contains("the unlearned model", Assert.Throws<BadDataException>(() => Verify(run, exported)).Message, StringComparison.Ordinal);
        Assert.Contains("another network", Assert.Throws<BadDataException>(() => Verify(run, python.Model("odd"))).Message, StringComparison.Ordinal);
        var verified = Verify(run, python.Weights("mlp-without-20"));
        Assert.Equal(20, verified.Forgotten);
        Assert.Single(verified.Verdict.NamedGolds);
    }

    [Fact]
    public void WhatMethodsTrainWithIsSaidAndCanBeGiven()
    {
        string directory = python.Fresh();
        var imported = Import(Request(directory) with { LearningRate = 0.02, BatchSize = 40, Optimizer = "adam" });
        Assert.Equal("adam, lr 0.02, weight decay 0.0005, batch 40", imported.Steps);
        Assert.Equal(["--weight-decay"], imported.Assumed);
        Assert.Contains(imported.Setting, fact => fact.Name == "methods train with" && fact.Value.StartsWith(imported.Steps, StringComparison.Ordinal));
        using var run = Run.Open(directory, writable: false);
        Assert.Equal((OptimizerKind.Adam, 0.02, 0, 40), (run.Recipe.Optimizer, run.Recipe.LearningRate, run.Recipe.Momentum, run.Recipe.BatchSize));
        Assert.Equal(TrainingScheme.Imported, run.Recipe.Scheme);
    }

    [Fact]
    public void WhatCannotServeIsRefusedAndNothingIsWritten()
    {
        var request = Request(python.Fresh());
        Refuses<UsageException>(request with { Network = null }, "--model, one of lenet5");
        Refuses<UsageException>(request with { Model = python.Model("odd") }, "TorchScript brings its own network");
        Refuses<UsageException>(request with { Model = python.Model("odd"), Network = null }, "--model-option");
        Refuses<UsageException>(request with { Network = "alexnet" }, "not known");
        Refuses<UsageException>(request with { Optimizer = "adam" }, "needs --lr");
        Refuses<UsageException>(request with { Optimizer = "adam", LearningRate = 0.1, Momentum = 0.5 }, "--momentum");
        Refuses<UsageException>(request with { Optimizer = "newton" }, "no optimizer 'newton'");
        Refuses<UsageException>(request with { BatchSize = 0 }, "batch size 0");
        Refuses<BadDataException>(request with { NetworkOptions = new Dictionary<string, string>() }, "--model-option");
        Refuses<BadDataException>(request with { Model = python.Weights("resnet18-thousand"), Network = "resnet18-imagenet", NetworkOptions = new Dictionary<string, string>() }, "1000 classes");
        Refuses<BadDataException>(request with { Model = python.Weights("missing") }, "does not exist");
    }

    private void Refuses<T>(ImportRequest request, string words) where T : LetheException
    {
        string message = Assert.Throws<T>(() => Import(request)).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.False(Directory.Exists(request.Out));
    }

    private static ForgettingSummary Forget(string run) =>
        new LetheEngine().Forget(run, First20, new ForgettingOptions { Method = "fine-tune", Serve = true }, cancellation: Cancellation);

    private static VerificationSummary Verify(string run, string gold) =>
        new LetheEngine().Verify(run, new VerificationOptions { GoldFiles = [gold] }, cancellation: Cancellation);

    private static ImportSummary Import(ImportRequest request) => new LetheEngine().Import(request, cancellation: Cancellation);

    private ImportRequest Request(string run) => Request(run, "mlp", "mlp") with { NetworkOptions = new Dictionary<string, string> { ["hidden"] = "16" } };

    private ImportRequest Request(string run, string weights, string network) => new()
    {
        Model = python.Weights(weights),
        Network = network,
        Data = new DataRequest { Source = python.Data },
        Out = run,
        Normalize = "0.3,0.25",
        Threads = 1,
    };
}
