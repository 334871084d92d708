using System.Text.Json;
using Lethe.Methods.Options;
using Lethe.Methods.Unsir;
using Lethe.Torch;
using Lethe.Training.Models;

namespace Lethe.Methods.Tests.Unsir;

/// <summary>UNSIR's three updates against the figures that tests/reference/unsir.py computed with PyTorch.</summary>
public sealed class UpdateRuleTests
{
    private const int Tolerance = 4;
    private static readonly int[] Classes = [0, 2];

    private readonly JsonElement _golden =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", "unsir.json"))).RootElement;

    [Fact]
    public void Noise_of_two_classes_learned_together_is_that_of_each_alone_and_the_weights_get_no_gradient()
    {
        using var scope = torch.NewDisposeScope();
        using var module = Network();
        foreach (var parameter in module.parameters()) parameter.requires_grad = false;
        var noise = Values("start", 6, 4).requires_grad_();

        var objective = ErrorMaximisingNoise.Learn(module.forward, noise, Classes, Settings(), () => { });

        for (var k = 0; k < 2; k++) Near([.. _golden.GetProperty("objective")[k].EnumerateArray().Select(x => x.GetSingle())], objective[k]);
        Near(Numbers("noise"), [.. noise.detach().data<float>().Select(x => (double)x)]);
        Assert.All(module.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Impair_and_repair_are_each_an_epoch_of_a_new_adam()
    {
        using var scope = torch.NewDisposeScope();
        using var module = Network();
        var (records, labels) = (Values("records", 5, 4), torch.tensor([.. _golden.GetProperty("labels").EnumerateArray().Select(x => x.GetInt64())]));
        var mixed = torch.cat([records, Values("noise", 6, 4)]);
        var targets = torch.cat([labels, torch.tensor([0L, 0, 0, 2, 2, 2])]);

        using (var optimizer = torch.optim.Adam(module.parameters(), 0.02))
        {
            var loss = ImpairRepair.Epoch(
                optimizer, module.forward, [(mixed.narrow(0, 0, 6), targets.narrow(0, 0, 6)), (mixed.narrow(0, 6, 5), targets.narrow(0, 6, 5))], TestContext.Current.CancellationToken);
            Assert.Equal(_golden.GetProperty("impair_loss").GetDouble(), loss, Tolerance);
        }
        NearWeights("impaired", module);

        using (var optimizer = torch.optim.Adam(module.parameters(), 0.01))
        {
            var loss = ImpairRepair.Epoch(
                optimizer, module.forward, [(records.narrow(0, 0, 3), labels.narrow(0, 0, 3)), (records.narrow(0, 3, 2), labels.narrow(0, 3, 2))], TestContext.Current.CancellationToken);
            Assert.Equal(_golden.GetProperty("repair_loss").GetDouble(), loss, Tolerance);
        }
        NearWeights("repaired", module);
    }

    [Fact]
    public void The_impair_set_of_two_classes_of_CIFAR_10_has_8120_samples_as_published_and_18240_as_meant()
    {
        long[] shape = [3, 32, 32];
        Assert.Equal(18_240, Settings(MethodOptions.None).ImpairSamples(2, shape, 8000));
        Assert.Equal(8_120, Settings(MethodOptions.Of(("as-published", "true"))).ImpairSamples(2, shape, 8000));
        Assert.Equal(8_000, Settings(MethodOptions.Of(("noise", "none"))).ImpairSamples(2, shape, 8000));
    }

    [Fact]
    public void The_fingerprint_is_the_mean_of_every_eight_steps() =>
        Assert.Equal([4.5, 9.5], NoiseBank.Fingerprint([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));

    [Fact]
    public void The_rehearsal_takes_the_least_damage_among_the_rates_that_forget_and_else_what_forgets_most()
    {
        Assert.Equal(2, RateRehearsal.Best([0, 0.005, 0.01, 0.3], [0.5, 0.6, 0.7, 0.9]));
        Assert.Equal(1, RateRehearsal.Best([0.4, 0.2, 0.3], [0.5, 0.6, 0.7]));
    }

    private static UnsirSettings Settings(MethodOptions? options = null) =>
        UnsirSettings.From((options ?? MethodOptions.Of(("noise-steps", "16"), ("noise-batch", "3"))).For(new UnsirMethod().Descriptor));

    private torch.nn.Module<Tensor, Tensor> Network()
    {
        using var generator = new Generator(1);
        var module = ModelCatalog.Create(new ModelSpec("mlp", [4], 3, new Dictionary<string, string> { ["hidden"] = "6" }), generator);
        module.load_state_dict(module.state_dict().ToDictionary(
            entry => entry.Key, entry => torch.tensor(Weights("weights", entry.Key)).reshape(entry.Value.shape)));
        return module;
    }

    private Tensor Values(string name, long rows, long columns) => torch.tensor(Numbers(name)).reshape([rows, columns]);

    private float[] Numbers(string name) => [.. _golden.GetProperty(name).EnumerateArray().Select(x => x.GetSingle())];

    private float[] Weights(string name, string layer) => [.. _golden.GetProperty(name).GetProperty(layer).EnumerateArray().Select(x => x.GetSingle())];

    private void NearWeights(string name, torch.nn.Module<Tensor, Tensor> module) => Assert.All(
        module.state_dict(), entry => Near(Weights(name, entry.Key), [.. entry.Value.detach().data<float>().Select(x => (double)x)]));

    private static void Near(float[] expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], Tolerance);
    }
}
