using Lethe.Torch;
using Lethe.Training.Models;
using Lethe.Training.Training;

namespace Lethe.Training.Tests.Training;

public sealed class EvaluatorTests
{
    [Fact]
    public void BatchesDoNotChangeTheResultAndFiguresAgree()
    {
        using var data = TinyData.Images(31);
        var recipe = TinyData.Recipe(data);
        using var generator = new Generator(3);
        using var model = ModelCatalog.Create(recipe.ModelFor(data.Manifest), generator);
        var before = LiveTensors.Settled();
        var whole = new Evaluator().Evaluate(model, data, recipe.Normalization!, cancellation: TestContext.Current.CancellationToken);
        var parts = new Evaluator(7).Evaluate(model, data, recipe.Normalization!, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(before, Tensor.TotalCount);
        Assert.True(model.training);
        Assert.Equal(31, whole.Losses.Length);
        Assert.Equal(whole.Predictions, parts.Predictions);
        for (var i = 0; i < 31; i++)
        {
            Assert.Equal(whole.Losses[i], parts.Losses[i], 1e-5f);
            Assert.Equal(-Math.Log(whole.Probabilities[i, data.Manifest.Labels[i]]), whole.Losses[i], 1e-4);
            double[] row = [.. Enumerable.Range(0, TinyData.Classes).Select(c => (double)whole.Probabilities[i, c])];
            Assert.Equal(1, row.Sum(), 1e-5);
            Assert.Equal(Array.IndexOf(row, row.Max()), whole.Predictions[i]);
        }
        var hits = Enumerable.Range(0, 31).Count(i => whole.Predictions[i] == data.Manifest.Labels[i]);
        Assert.Equal(hits / 31.0, whole.Accuracy, 12);
        Assert.Equal(whole.Losses.Average(), whole.MeanLoss, 1e-5);
    }

    [Fact]
    public void TakesRecordsInTheGivenOrder()
    {
        using var data = TinyData.Images(20);
        var recipe = TinyData.Recipe(data);
        using var generator = new Generator(3);
        using var model = ModelCatalog.Create(recipe.ModelFor(data.Manifest), generator);
        var whole = new Evaluator().Evaluate(model, data, recipe.Normalization!, cancellation: TestContext.Current.CancellationToken);
        var some = new Evaluator().Evaluate(model, data, recipe.Normalization!, [9, 2], TestContext.Current.CancellationToken);
        Assert.Equal([data.Manifest.Labels[9], data.Manifest.Labels[2]], some.Labels);
        Assert.Equal(whole.Losses[9], some.Losses[0], 1e-5f);
        Assert.Equal(whole.Losses[2], some.Losses[1], 1e-5f);
        var nothing = new Evaluator().Evaluate(model, data, recipe.Normalization!, [], TestContext.Current.CancellationToken);
        Assert.True(double.IsNaN(nothing.Accuracy));
    }
}
