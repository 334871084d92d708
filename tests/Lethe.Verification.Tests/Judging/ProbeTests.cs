using Lethe.Core.Numerics;
using Lethe.Core.Verdicts;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Training;

namespace Lethe.Verification.Tests.Judging;

public sealed class ProbeTests
{
    private const int Features = 4;
    private static readonly ModelSpec Spec = new("mlp", [Features], 2, new Dictionary<string, string> { ["hidden"] = "8" });
    private static readonly Recipe Recipe = new() { Model = "mlp", Precision = Precision.Fp32, Normalization = Normalization.Identity, Threads = 1 };
    private static readonly Golden Reference = new("judging.json");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Weights_are_rounded_as_numpy_rounds_them()
    {
        var values = Reference.Singles("weights");
        Int8Rounding.Round(values, 3);
        Assert.All(Reference.Singles("rounded").Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-7f));
    }

    [Fact]
    public void Rounding_leaves_biases_and_the_model_itself_alone()
    {
        using var model = Model(1);
        using var state = StateDict.FromModule(model);
        byte[] before = state.ToSafetensors();
        using var rounded = Int8Rounding.Of(state);
        Assert.Equal(before, state.ToSafetensors());
        foreach (string name in state.ParameterNames)
        {
            bool matrix = state[name].shape.Length > 1;
            Assert.Equal(!matrix, state.Values(name).SequenceEqual(rounded.Values(name)));
            if (matrix) Assert.True(rounded.Values(name).Distinct().Count() <= 255 * state[name].shape[0]);
        }
    }

    [Fact]
    public void Neighbours_are_those_of_an_exhaustive_search()
    {
        using var data = Data(300, seed: 2);
        int[] given = [3, 50, 299], candidates = [.. Enumerable.Range(60, 200)];
        int[] found = NearestRecords.Find(Normalization.Identity, data, given, data, candidates, 12, Cancellation);
        float[] samples = data.Samples.data<float>();
        double Distance(int left, int right) => Enumerable.Range(0, Features).Sum(j => Math.Pow(samples[left * Features + j] - samples[right * Features + j], 2));
        int[] expected = [.. candidates.OrderBy(record => given.Min(anchor => Distance(anchor, record))).Take(12).Order()];
        Assert.Equal(expected, found);
        Assert.Empty(NearestRecords.Find(Normalization.Identity, data, given, data, [], 12, Cancellation));
        Assert.Equal(200, NearestRecords.Find(Normalization.Identity, data, given, data, candidates, 1000, Cancellation).Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(150)]
    public void Relearning_is_the_same_each_time_and_lowers_the_loss(int records)
    {
        using var data = Data(300, seed: 3);
        int[] forgotten = [.. Enumerable.Range(0, records)];
        byte[][] ends = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            using var model = Model(4);
            double before = Loss(model, data, forgotten);
            Relearning.Run(model, Recipe, data, forgotten, 10, seed: 7, Cancellation);
            Assert.True(Loss(model, data, forgotten) < before);
            using var state = StateDict.FromModule(model);
            return state.ToSafetensors();
        })];
        Assert.Equal(ends[0], ends[1]);
    }

    [Theory]
    [InlineData(Aggregation.Mean)]
    [InlineData(Aggregation.Vote)]
    public void An_ensemble_with_dropout_is_relearnt_and_the_same_each_time(Aggregation aggregation)
    {
        using var data = Data(200, seed: 3);
        int[] forgotten = [.. Enumerable.Range(0, 50)];
        var spec = Spec with { Options = new Dictionary<string, string> { ["hidden"] = "8", ["dropout"] = "0.5" } };
        byte[][] ends = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            using var ensemble = new EnsembleModel([Member(1), Member(2)], aggregation);
            using var start = StateDict.FromModule(ensemble);
            Relearning.Run(ensemble, Recipe, data, forgotten, 10, seed: 7, Cancellation);
            using var state = StateDict.FromModule(ensemble);
            Assert.NotEqual(start.ToSafetensors(), state.ToSafetensors());
            return state.ToSafetensors();
        })];
        Assert.Equal(ends[0], ends[1]);

        torch.nn.Module<Tensor, Tensor> Member(ulong seed)
        {
            using var generator = new Generator(seed);
            return ModelCatalog.Create(spec, generator);
        }
    }

    [Fact]
    public void A_model_gets_every_figure_and_the_same_ones_again()
    {
        using var data = Data(300, seed: 5);
        using var test = Data(200, seed: 6);
        int[] forgotten = [.. Enumerable.Range(0, 40)];
        var scene = new VerdictScene
        {
            Recipe = Recipe,
            Create = () => Model(8),
            CreateRandom = Model,
            Data = data,
            Test = test,
            Forgotten = forgotten,
            Retained = [.. Enumerable.Range(40, 260)],
            Unseen = [.. Enumerable.Range(0, 200)],
        };
        var probe = new VerdictProbe(scene, VerificationPolicy.Default with { Neighbours = 30 });
        using var model = Model(9);
        using var state = StateDict.FromModule(model);
        var evaluator = new Evaluator();
        var answers = evaluator.Evaluate(model, data, Normalization.Identity, forgotten, Cancellation);
        var unseen = evaluator.Evaluate(model, test, Normalization.Identity, cancellation: Cancellation);
        var figures = probe.Measure(state, answers, unseen, Cancellation);
        Assert.Equal(30, probe.NeighbourCount);
        Assert.Equal(figures, probe.Measure(state, answers, unseen, Cancellation));
        Assert.True(figures[VerdictMeasures.RelearnedLoss] < figures[VerdictMeasures.ForgottenLoss]);
        Assert.Equal(figures[VerdictMeasures.ForgottenLoss], figures[VerdictMeasures.RoundedLoss], 0.05);
        string[] missing = [.. VerdictMeasures.All.Except(figures.Keys)];
        Assert.Equal(
            [VerdictMeasures.ForgottenDivergence, VerdictMeasures.MarginDivergence, VerdictMeasures.BackdoorHits, VerdictMeasures.ULira, VerdictMeasures.ForgottenULira, VerdictMeasures.Rmia], missing);
        var few = new VerdictProbe(scene, VerificationPolicy.Default with { Neighbours = 0, RelearnSteps = 0, Int8Rounding = false });
        Assert.DoesNotContain(NeighbourAttack.Figure, few.Measure(state, answers, null, Cancellation).Keys);

        var judged = new JudgedModel(figures, answers);
        var measures = JudgedMeasures.Of(null, judged, [judged, judged, judged, judged], forgotten.Length, VerificationPolicy.Default);
        Assert.Equal(0, measures.Single(measure => measure.Name == VerdictMeasures.ForgottenDivergence).Candidate);
        Assert.All(measures, measure => Assert.Null(measure.Original));
    }

    private static double Loss(torch.nn.Module<Tensor, Tensor> model, TensorDataset data, int[] records) =>
        new Evaluator().Evaluate(model, data, Normalization.Identity, records, Cancellation).MeanLoss;

    private static torch.nn.Module<Tensor, Tensor> Model(ulong seed)
    {
        using var generator = new Generator(seed);
        return ModelCatalog.Create(Spec, generator);
    }

    private static TensorDataset Data(int count, ulong seed)
    {
        var random = new CounterRandom(seed);
        var samples = new float[count * Features];
        for (var i = 0; i < samples.Length; i++) samples[i] = (float)random.NextNormal();
        return TensorDataset.FromFloats("made up", samples, [Features], [.. Enumerable.Range(0, count).Select(i => samples[i * Features] > 0 ? 1 : 0)]);
    }
}
