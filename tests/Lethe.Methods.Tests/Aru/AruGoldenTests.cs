using Lethe.Methods.Aru;
using Lethe.Methods.Baselines;
using Lethe.Methods.Resetting;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Training;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Tests.Aru;

/// <summary>Attack, scores and Masked Small Gradients' step against PyTorch.</summary>
public sealed class AruGoldenTests
{
    private const double Epsilon = 8.0 / 255, StepSize = 2.0 / 255;
    private const int Steps = 7;

    private static readonly Normalization s_normalization = new([0.4f], [0.25f]);

    [Theory]
    [InlineData("minimize", "minimised")]
    [InlineData("maximize", "maximised")]
    public void Noise_is_that_of_PyTorch(string direction, string expected)
    {
        using var golden = new AruGolden();
        using var scope = torch.NewDisposeScope();
        var noise = Noise(golden, Enum.Parse<AttackDirection>(direction, ignoreCase: true)) * s_normalization.Std[0];
        Close(golden.Numbers(expected), noise.data<float>(), 1e-6);
    }

    [Theory]
    [InlineData("minimize")]
    [InlineData("maximize")]
    public void Noise_stays_in_its_bounds_and_moves_the_loss(string direction)
    {
        using var golden = new AruGolden();
        using var scope = torch.NewDisposeScope();
        var noise = Noise(golden, Enum.Parse<AttackDirection>(direction, ignoreCase: true));
        var input = s_normalization.Apply(golden.Images("pixels"));
        Assert.InRange((noise * s_normalization.Std[0]).abs().max().ToDouble(), 0, Epsilon + 1e-6);
        var pixels = (input + noise) * s_normalization.Std[0] + s_normalization.Mean[0];
        Assert.InRange(pixels.min().ToDouble(), -1e-6, 1);
        Assert.InRange(pixels.max().ToDouble(), 0, 1 + 1e-6);
        var (before, after) = (Loss(golden, input), Loss(golden, input + noise));
        Assert.True(direction == "minimize" ? after < before : after > before, $"{before} became {after}.");
    }

    [Fact]
    public void Features_are_neither_scaled_nor_clipped()
    {
        using var scope = torch.NewDisposeScope();
        using var space = new InputSpace(new Normalization([5f], [10f]), [4], torch.CPU);
        var far = torch.full([2, 4], 100.0);
        Assert.Equal(100.5, space.Project(far + 3, far, 0.5).max().ToDouble(), 5);
        Assert.Equal(0.25, space.Step(torch.ones([2, 4]), 0.25).max().ToDouble(), 6);
        Assert.Equal(100, space.Alone(far).max().ToDouble(), 5);
    }

    [Fact]
    public void Scores_are_those_of_PyTorch_and_batch_statistics_are_put_back()
    {
        using var golden = new AruGolden();
        using var scope = torch.NewDisposeScope();
        var layers = ResetLayers.Of(golden.Net, LayerKind.All, SliceKind.Kernel);
        Assert.Equal(["0.weight", "3.weight"], layers.Select(layer => layer.Name));
        Assert.Equal([3, 12], layers.Select(layer => layer.Slices));
        using var before = StateDict.FromModule(golden.Net);
        using var space = new InputSpace(s_normalization, [1, 8, 8], torch.CPU);
        var noise = Noise(golden, AttackDirection.Minimize);
        using (var sum = new GradientSum(golden.Net, golden.Net.forward, layers))
        {
            sum.Add(s_normalization.Apply(golden.Images("pixels")), AruGolden.Labels(), 1);
            sum.Add(space.Alone(noise), AruGolden.Labels(), -1);
            for (var i = 0; i < layers.Count; i++) Close(golden.Rows("scores")[i], sum.Scores(i), 1e-5);
        }
        using var after = StateDict.FromModule(golden.Net);
        Assert.Equal(before.ToSafetensors(), after.ToSafetensors());
    }

    [Fact]
    public void Masked_small_gradients_scales_the_gradient_before_momentum_and_decay()
    {
        using var golden = new AruGolden();
        using var scope = torch.NewDisposeScope();
        var weight = golden.Weight("3.weight");
        var factor = torch.tensor(golden.Numbers("factor"), weight.shape);
        var input = s_normalization.Apply(golden.Images("pixels"));
        golden.Net.train();
        using var optimizer = torch.optim.SGD(golden.Net.parameters(), 0.05, 0.9, weight_decay: 5e-4);
        for (var step = 0; step < 3; step++)
            MaskedSmallGradients.Step(optimizer, F.cross_entropy(golden.Net.forward(input), AruGolden.Labels()), [(weight, factor)]);
        Close(golden.Numbers("weight"), weight.detach().flatten().data<float>(), 1e-5);
        Close(golden.Numbers("bias"), golden.Weight("6.bias").detach().data<float>(), 1e-5);
    }

    [Fact]
    public void Masked_small_gradients_warms_up_and_anneals_by_epochs()
    {
        double[] rates = [.. Enumerable.Range(1, 5).Select(epoch => MaskedSmallGradients.RateAt(3, epoch, 5))];
        Assert.Equal([1.0, 2, 3, 2, 1], rates, (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal(3, MaskedSmallGradients.RateAt(3, 1, 1));
    }

    private static Tensor Noise(AruGolden golden, AttackDirection direction)
    {
        using var space = new InputSpace(s_normalization, [1, 8, 8], torch.CPU);
        using var generator = new Generator(1);
        golden.Net.eval();
        var noise = new ForgetNoise(golden.Net.forward, space, generator, direction, Epsilon, StepSize, Steps);
        return noise.From(s_normalization.Apply(golden.Images("start")), s_normalization.Apply(golden.Images("pixels")), AruGolden.Labels());
    }

    private static double Loss(AruGolden golden, Tensor input)
    {
        using var noGrad = torch.no_grad();
        return F.cross_entropy(golden.Net.forward(input), AruGolden.Labels()).ToDouble();
    }

    private static void Close(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.InRange(actual[i], expected[i] - tolerance, expected[i] + tolerance);
    }
}
