using Lethe.Core.Numerics;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;

namespace Lethe.Verification.Tests;

public sealed class InputGradientTests
{
    private static readonly ModelSpec Spec = new("mlp", [1, 3, 4], 3, new Dictionary<string, string> { ["hidden"] = "16" });

    [Fact]
    public void The_derivatives_equal_finite_differences()
    {
        const double step = 1e-2;
        using var module = Model();
        var values = Values(2 * 12);
        int[] labels = [2, 0];
        var gradient = InputGradient.Of(module, Samples(values), labels).data<float>();
        var worst = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            double Logit(double change)
            {
                var moved = values.ToArray();
                moved[i] += (float)change;
                return module.forward(Samples(moved)).detach().data<float>()[i / 12 * 3 + labels[i / 12]];
            }

            worst = Math.Max(worst, Math.Abs((Logit(step) - Logit(-step)) / (2 * step) - gradient[i]));
        }

        Assert.InRange(gradient.Max(), 0.01, 100);
        Assert.InRange(worst, 0, 1e-3);
    }

    [Fact]
    public void Samples_do_not_touch_each_other_and_the_mode_stays()
    {
        using var module = Model();
        module.train();
        var values = Values(2 * 12);
        var both = InputGradient.Of(module, Samples(values), [1, 2]).data<float>();
        var second = InputGradient.Of(module, Samples(values[12..]), [2]).data<float>();
        Assert.True(module.training);
        for (var i = 0; i < 12; i++) Assert.Equal(second[i], both[12 + i], 1e-5);
        Assert.Throws<ArgumentException>(() => InputGradient.Of(module, Samples(values), [1]));
    }

    [Fact]
    public void A_map_is_the_absolute_derivative_from_none_to_full_strength()
    {
        using var module = Model();
        byte[] pixels = [.. Enumerable.Range(0, 3 * 12).Select(i => (byte)(i * 53 + 11))];
        using var data = TensorDataset.FromBytes("made up", pixels, [1, 3, 4], [0, 1, 2]);
        var map = InputGradient.Maps(module, data, Normalization.Identity, [1])[0];
        var raw = InputGradient.Of(module, Samples([.. pixels[12..24].Select(pixel => pixel / 255f)]), [1]).data<float>().Select(Math.Abs).ToArray();
        var full = raw.Order().ElementAt(10);
        for (var i = 0; i < 12; i++) Assert.Equal(Math.Min(1, raw[i] / full), map[i], 1e-5);
    }

    private static torch.nn.Module<Tensor, Tensor> Model()
    {
        using var generator = new Generator(7);
        var module = ModelCatalog.Create(Spec, generator);
        module.eval();
        return module;
    }

    private static Tensor Samples(float[] values) => torch.tensor(values).reshape(values.Length / 12, 1, 3, 4);

    private static float[] Values(int count)
    {
        var random = new CounterRandom(9);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextNormal())];
    }
}
