namespace Lethe.Verification.Tests;

/// <summary>Every measure against an independent computation in Python.</summary>
public sealed class GoldenTests
{
    private readonly Golden _golden = new();

    [Fact]
    public void Accuracy_in_total_and_by_class()
    {
        int[] predictions = _golden.Integers("predictions"), labels = _golden.Integers("labels");
        Assert.Equal(_golden.Number("accuracy"), ClassAccuracy.Total(predictions, labels), 12);
        var byClass = ClassAccuracy.ByClass(predictions, labels, 4);
        Assert.Equal(_golden.Numbers("accuracyByClass"), byClass, (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal(byClass[1], ClassAccuracy.Restricted(predictions, labels, new HashSet<int> { 1 }, inside: true), 12);
    }

    [Fact]
    public void Agreement_of_two_models() =>
        Assert.Equal(_golden.Number("agreement"), Agreement.Between(_golden.Integers("predictions"), _golden.Integers("others")), 12);

    [Fact]
    public void Jensen_Shannon_divergence_in_nats() =>
        Assert.Equal(_golden.Number("divergence"), PredictionDivergence.Mean(_golden.Matrix("left"), _golden.Matrix("right")), 6);

    [Fact]
    public void Hit_rate_with_its_exact_interval()
    {
        var rate = BackdoorHitRate.Of(_golden.Integers("predictions"), _golden.Integers("labels"), (int)_golden.Number("target"));
        Assert.Equal((int)_golden.Number("hits"), rate.Hits);
        Assert.Equal((int)_golden.Number("queries"), rate.Queries);
        Assert.Equal(_golden.Number("low"), rate.Low, 8);
        Assert.Equal(_golden.Number("high"), rate.High, 8);
    }

    [Fact]
    public void Logistic_regression_finds_the_minimum_that_gradient_descent_finds()
    {
        var model = LogisticRegression.Fit(_golden.Numbers("feature"), _golden.Flags("positive"));
        Assert.Equal(_golden.Number("slope"), model.Slope, 7);
        Assert.Equal(_golden.Number("intercept"), model.Intercept, 7);
    }

    [Fact]
    public void Parameter_distance_in_total_and_by_layer()
    {
        var distance = ParameterDistance.Between(_golden.Model("model"), _golden.Model("reference"));
        Assert.Equal(_golden.Number("l1"), distance.L1, 6);
        Assert.Equal(_golden.Number("l2"), distance.L2, 6);
        Assert.Equal(_golden.Number("relativeL1"), distance.RelativeL1, 6);
        Assert.Equal(_golden.Number("relativeL2"), distance.RelativeL2, 6);
        Assert.Equal(_golden.Layer("layerL1", "b"), distance.ByLayer["b"].L1, 6);
    }
}
