using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Verdicts;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Tests.Import;

public sealed class ImportTests(PythonModels python)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly RecordSelection First20 = new() { Records = "0-19" };

    [Theory]
    [InlineData("odd")]
    [InlineData("traced")]
    public void AModelWithOddNamesIsImportedMeasuredAndForgetsByFineTuning(string name)
    {
        string run = python.Fresh();
        var imported = Import(run, name, test: null);
        Assert.True(imported.TrainingAccuracy > 0.95);
        Assert.Equal(200, imported.TrainingRecords);
        Assert.True(imported.TestAccuracy > 0.9);
        Assert.Empty(imported.Warnings);
        var engine = new LetheEngine();

        var plans = engine.Plan(run, First20);
        Assert.Null(plans.Retraining);
        Assert.Contains("imported", plans.Plans.Single(plan => plan.Method == "retrain").Refusal, StringComparison.Ordinal);
        Assert.NotNull(plans.Plans.Single(plan => plan.Method == "deep-obliviate").Refusal);
        Assert.Null(plans.Plans.Single(plan => plan.Method == "fine-tune").Refusal);

        var forgotten = Forget(run);
        Assert.Equal(Guarantee.Heuristic, forgotten.Guarantee);
        Assert.NotEqual(forgotten.Before, forgotten.After);
        Assert.Single(forgotten.Costs);
        Assert.Empty(engine.Inspect(run, searchResidue: true, cancellation: Cancellation).Residue!.Found);
        var alone = Verify(run);
        Assert.Equal((VerdictKind.Unverified, 0), (alone.Verdict.Kind, alone.Verdict.GoldCount));
        Assert.StartsWith("UNVERIFIED: there is no gold model", alone.Verdict.Reasons[0], StringComparison.Ordinal);
        Assert.Contains(alone.Remarks, remark => remark.Contains("--gold MODEL.pt", StringComparison.Ordinal));
        Assert.Contains(alone.Measures, row => row is { Name: "accuracy on forgotten records", Original: not null, Unlearned: not null, Gold: null });
        Assert.Contains(">UNVERIFIED</h1>", File.ReadAllText(alone.Page), StringComparison.Ordinal);
        Assert.Contains("was imported", Assert.Throws<UsageException>(() => engine.Verify(run, new VerificationOptions { GoldSeeds = 5 }, cancellation: Cancellation)).Message, StringComparison.Ordinal);
        AssertExported(run);
    }

    [Fact]
    public void FineTuningGivesTheSameBytesAgain()
    {
        string run = python.Fresh();
        Import(run, "odd");
        string copy = python.Copy(run);
        Assert.Equal(Forget(run).After, Forget(copy).After);
    }

    [Fact]
    public void OnlyParametersAreTrainedAndTheNamesAreThoseOfTheFile()
    {
        string directory = python.Fresh();
        Import(directory, "odd");
        using var run = Run.Open(directory, writable: false);
        using var state = run.Load(run.Index.Served!.Value);
        Assert.Contains("_7.running_mean.weight", state.ParameterNames);
        Assert.Contains("_7.weight.running_mean", state.BufferNames);
        Assert.Contains("scale", state.BufferNames);
        using var file = torch.jit.load(python.Model("odd"));
        Assert.Equal(file.state_dict().Keys.Order(StringComparer.Ordinal), state.ParameterNames.Concat(state.BufferNames).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ResNet18ComesBackAsItWas()
    {
        string run = python.Fresh();
        var imported = Import(run, "resnet18");
        Assert.Equal(11_178_564, imported.Parameters);
        using (var opened = Run.Open(run, writable: false))
        using (var state = opened.Load(opened.Index.Served!.Value))
            Assert.Contains("layer2.0.downsample.1.running_var", state.BufferNames);
        string exported = AssertExported(run);
        Assert.Equal(python.Outputs(python.Model("resnet18")), python.Outputs(exported));
    }

    [Fact]
    public void AnOwnersRetrainedModelTakesThePlaceOfGold()
    {
        string run = python.Fresh();
        Import(run, "odd");
        Forget(run);
        var verified = Verify(run, python.Model("odd-without-20"));
        Assert.Equal(20, verified.Forgotten);
        Assert.Contains(verified.Remarks, remark => remark.Contains("your statement", StringComparison.Ordinal));
        Assert.Contains("another network", Assert.Throws<BadDataException>(
            () => Verify(run, python.Model("ten-classes"))).Message, StringComparison.Ordinal);
        Assert.Single(verified.Verdict.NamedGolds);
        Assert.Empty(verified.Verdict.Golds);
    }

    [Fact]
    public void GoldFilesThatHoldTheSameParametersAreRefused()
    {
        string run = python.Fresh();
        Import(run, "odd");
        Forget(run);
        string Refusal(params string[] gold) => Assert.Throws<BadDataException>(() => Verify(run, gold)).Message;
        string other = python.Model("odd-without-20");
        Assert.Contains($"holds the parameters of --gold {other}", Refusal(other, other), StringComparison.Ordinal);
        Assert.Contains("the original", Refusal(other, python.Model("odd")), StringComparison.Ordinal);
        Assert.Contains("the unlearned model", Refusal(AssertExported(run)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tuple", "returns a tuple")]
    [InlineData("dict", "returns a dict")]
    [InlineData("probabilities", "final softmax")]
    [InlineData("no-gradient", "no gradient")]
    [InlineData("ten-classes", "10 classes")]
    [InlineData("grey", "batch of shape (8, 3, 16, 16)")]
    [InlineData("frozen", "no parameters")]
    [InlineData("double", "Float64")]
    [InlineData("traced-in-training", "training mode")]
    [InlineData("weights", "torch.save")]
    [InlineData("missing", "does not exist")]
    [InlineData("bank", "bank (4, 768), rest[0] (3, 16, 16). In Python, register them as buffers (register_buffer)")]
    [InlineData("bank-traced", "of the code (4, 768)")]
    public void WhatCannotServeIsRefusedInOneClearMessageAndNothingIsWritten(string name, string words)
    {
        string run = python.Fresh();
        string message = Assert.Throws<BadDataException>(() => Import(run, name)).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.Contains(name + ".pt", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.False(Directory.Exists(run));
    }

    [Theory]
    [InlineData("indexed")]
    [InlineData("indexed-traced")]
    public void PlainTensorsOfIndicesAndSingleNumbersAreNoObstacle(string name) =>
        Assert.True(Import(python.Fresh(), name).TrainingAccuracy > 0.95);

    [Fact]
    public void TestDataAreNamedOrHeldOutButNotBoth()
    {
        var request = Request(python.Fresh(), "odd", "0.3,0.25");
        string people = request.Out + ".txt";
        File.WriteAllLines(people, Enumerable.Range(0, 60).Select(record => $"person {record / 3}"));
        request = request with { Data = new DataRequest { Source = python.Data + "?split=test&hold-out=0.2", SubjectsFile = people } };
        string message = Assert.Throws<UsageException>(() => Import(request with { Test = python.Data + "?split=test" })).Message;
        Assert.Contains("leave out one", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(request.Out));
        var imported = Import(request);
        Assert.Equal(48, imported.TrainingRecords);
        Assert.NotNull(imported.TestAccuracy);
    }

    [Fact]
    public void InputsPreparedOtherwiseThanInTrainingAreNoticed()
    {
        var imported = Import(python.Fresh(), "odd", "6,0.02");
        Assert.True(imported.TrainingAccuracy < 0.6);
        Assert.Contains("--", Assert.Single(imported.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void PreparationThatDoesNotFitIsRefused()
    {
        Assert.Throws<UsageException>(() => Import(python.Fresh(), "odd", "1,2,3"));
        Assert.Throws<UsageException>(() => Import(python.Fresh(), "odd", "0.5,0"));
        Assert.Throws<UsageException>(() => Import(Request(python.Fresh(), "odd", null) with { InputRange = "0..7" }));
        Assert.Throws<UsageException>(() => Import(Request(python.Fresh(), "odd", "0.5,1") with { InputRange = "0..1" }));
    }

    /// <summary>python3-torch gives the same outputs for the exported file as the run's model gives here.</summary>
    private string AssertExported(string directory)
    {
        string file = directory + ".pt";
        new LetheEngine().Export(directory, ExportFormat.Torchscript, file);
        new LetheEngine().Export(directory, ExportFormat.Safetensors, directory + ".safetensors");
        using var run = Run.Open(directory, writable: false);
        using var model = run.CreateModel(run.Index.Served!.Value);
        using var test = DataSource.Parse(python.Data + "?split=test").Load();
        model.eval();
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        float[] expected = model.forward(run.Normalization.Apply(test.Samples)).data<float>();
        float[] actual = python.Outputs(file);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-4f * (1 + Math.Abs(expected[i])));
        return file;
    }

    private ImportSummary Import(string run, string name, string? normalize = "0.3,0.25", string? test = null) =>
        Import(Request(run, name, normalize) with { Test = test });

    private static ImportSummary Import(ImportRequest request) => new LetheEngine().Import(request, cancellation: Cancellation);

    private static ForgettingSummary Forget(string run) =>
        new LetheEngine().Forget(run, First20, new ForgettingOptions { Method = "fine-tune", Serve = true }, cancellation: Cancellation);

    private static VerificationSummary Verify(string run, params string[] gold) =>
        new LetheEngine().Verify(run, new VerificationOptions { GoldFiles = gold }, cancellation: Cancellation);

    private ImportRequest Request(string run, string name, string? normalize) =>
        new() { Model = python.Model(name), Data = new DataRequest { Source = python.Data }, Out = run, Normalize = normalize, Threads = 1 };
}
