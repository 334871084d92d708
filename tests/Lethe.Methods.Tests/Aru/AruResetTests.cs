using Lethe.Core.Errors;
using Lethe.Methods.Options;
using Lethe.Methods.Resetting;
using Lethe.Torch;
using Lethe.Training.Models;
using Lethe.Training.Training;

namespace Lethe.Methods.Tests.Aru;

/// <summary>What the reset changes and what it leaves alone. The repair is made too small to change a bit.</summary>
public sealed class AruResetTests
{
    private const double Share = 0.3;

    [Theory]
    [InlineData("attack", "kernel")]
    [InlineData("attack", "filter")]
    [InlineData("attack", "weight")]
    [InlineData("random", "kernel")]
    [InlineData("noise", "kernel")]
    [InlineData("largest", "kernel")]
    [InlineData("msg", "kernel")]
    public void Exactly_the_share_of_each_layer_is_reset_and_the_rest_keeps_its_bits(string mask, string slice)
    {
        using var fixture = SyntheticRun.Convolution();
        using var result = fixture.Execute("aru", fixture.Request("r", 2, 3), ResetOnly(("mask", mask), ("slice", slice)));
        using var before = fixture.Run.CreateModel(fixture.Run.Index.Served!.Value);
        var layers = ResetLayers.Of(before, LayerKind.All, Enum.Parse<SliceKind>(slice, ignoreCase: true));
        Assert.Equal(8, layers.Count);
        foreach (var layer in layers)
        {
            var changed = Changed(layer, result.Candidate);
            Assert.Equal((int)Math.Floor(Share * layer.Slices), changed.Count(part => part != Part.Kept));
            Assert.DoesNotContain(Part.Torn, changed);
        }
        foreach (var (name, parameter) in before.named_parameters())
        {
            if (layers.All(layer => layer.Name != name)) Assert.True(parameter.equal(result.Candidate[name]), name);
        }
        var shares = result.Findings.Numbers.Single(finding => finding.Name == "share reset");
        Assert.Equal(layers.Select(layer => layer.Name), shares.Labels!);
    }

    [Fact]
    public void Without_a_reset_only_the_repair_is_left()
    {
        using var fixture = SyntheticRun.Convolution();
        using var result = fixture.Execute("aru", fixture.Request("r", 2, 3), MethodOptions.Of(("mask", "none"), ("lr", "1e-30"), ("epochs", "1")));
        using var before = fixture.Run.CreateModel(fixture.Run.Index.Served!.Value);
        Assert.All(before.named_parameters(), entry => Assert.True(entry.parameter.equal(result.Candidate[entry.name]), entry.name));
    }

    [Fact]
    public void Smallest_and_largest_scores_meet_in_no_slice()
    {
        using var fixture = SyntheticRun.Convolution();
        var request = fixture.Request("r", 2, 3);
        using var smallest = fixture.Execute("aru", request, ResetOnly());
        using var largest = fixture.Execute("aru", request, ResetOnly(("mask", "largest")));
        using var before = fixture.Run.CreateModel(fixture.Run.Index.Served!.Value);
        foreach (var layer in ResetLayers.Of(before, LayerKind.All, SliceKind.Kernel))
            Assert.DoesNotContain((Part.Reset, Part.Reset), Changed(layer, smallest.Candidate).Zip(Changed(layer, largest.Candidate)));
    }

    [Fact]
    public void Zeros_are_an_initializer_and_rows_are_the_slices_of_a_perceptron()
    {
        using var fixture = SyntheticRun.Mlp();
        using var result = fixture.Execute("aru", fixture.Request("r", 2, 3), ResetOnly(("initializer", "zeros")));
        var rows = result.Candidate.Values("fc1.weight").Chunk(8).Count(row => row.All(value => Math.Abs(value) < 1e-20));
        Assert.Equal((int)(Share * 12), rows);
    }

    [Fact]
    public void The_repair_stops_early_and_takes_its_best_epoch()
    {
        using var fixture = SyntheticRun.Mlp();
        using var result = fixture.Execute("aru", fixture.Request("r", 2, 3), MethodOptions.Of(("epochs", "200"), ("lr", "0.3"), ("patience", "3")));
        double Of(string name) => result.Findings.Numbers.Single(finding => finding.Name == name).Values[0];
        Assert.InRange(Of("repair: epochs done"), 4, 199);
        Assert.Equal(Of("repair: epochs done"), Of("repair: epoch taken") + 3);
    }

    [Fact]
    public void Options_that_would_do_nothing_are_refused()
    {
        using var fixture = SyntheticRun.Mlp();
        var request = fixture.Request("r", 2, 3);
        Assert.Throws<UsageException>(() => fixture.Plan("aru", request, MethodOptions.Of(("mask", "none"), ("share", "0.2"))));
        Assert.Throws<UsageException>(() => fixture.Plan("aru", request, MethodOptions.Of(("mask", "random"), ("attack-epsilon", "0.1"))));
        Assert.NotNull(fixture.Plan("aru", request, MethodOptions.Of(("layers", "convolutions"))).Refusal);
    }

    [Fact]
    public void ResNet18_has_17_layers_of_kernels_and_keeps_its_shortcuts()
    {
        using var generator = new Generator(1);
        using var model = ModelCatalog.Create(new ModelSpec("resnet18", [3, 32, 32], 10, new Dictionary<string, string>()), generator);
        var layers = ResetLayers.Of(model, LayerKind.All, SliceKind.Kernel);
        Assert.Equal((17, 1_220_800), (layers.Count, layers.Sum(layer => layer.Slices)));
        Assert.DoesNotContain(layers, layer => layer.Name.Contains("downsample", StringComparison.Ordinal));
        Assert.Equal(20, ResetLayers.Of(model, LayerKind.All, SliceKind.Weight, shortcuts: true).Count);
    }

    [Fact]
    public void Attention_goes_by_heads_in_queries_keys_and_values_alike()
    {
        using var generator = new Generator(1);
        var options = new Dictionary<string, string> { ["depth"] = "1", ["dim"] = "12", ["heads"] = "3", ["patch"] = "4" };
        using var model = ModelCatalog.Create(new ModelSpec("vit-tiny", [1, 8, 8], 2, options), generator);
        var layers = ResetLayers.Of(model, LayerKind.All, SliceKind.Kernel);
        var attention = layers.Single(layer => layer.Name.EndsWith("in_proj_weight", StringComparison.Ordinal));
        Assert.Equal(3, attention.Slices);
        using var scope = torch.NewDisposeScope();
        int[] rows = [.. attention.Spread([false, true, false]).select(1, 0).to(ScalarType.Int32).data<int>().Index().Where(row => row.Item == 1).Select(row => row.Index)];
        Assert.Equal([4, 5, 6, 7, 16, 17, 18, 19, 28, 29, 30, 31], rows);
        Assert.Contains(layers, layer => layer.Name.EndsWith("mlp.0.weight", StringComparison.Ordinal) && layer.Slices == 48);
        Assert.DoesNotContain(layers, layer => layer.Name.Contains("conv_proj", StringComparison.Ordinal));
    }

    [Fact]
    public void Frozen_weights_are_never_reset_and_unused_ones_have_no_gradient()
    {
        using var fixture = SyntheticRun.Convolution();
        using var module = fixture.Run.CreateModel(fixture.Run.Index.Served!.Value);
        var all = ResetLayers.Of(module, LayerKind.All, SliceKind.Kernel);
        all[0].Weight.requires_grad = false;
        Assert.Equal(all.Skip(1).Select(layer => layer.Name), ResetLayers.Of(module, LayerKind.All, SliceKind.Kernel).Select(layer => layer.Name));

        using var scope = torch.NewDisposeScope();
        var unused = torch.zeros([3, 2]).requires_grad_();
        using var sum = new GradientSum(module, module.forward, [all[1], new ResetLayer("unused", unused, [3, 2], [1])]);
        sum.Add(torch.ones([2, 1, 12, 12]), torch.tensor(new long[] { 0, 1 }), 1);
        Assert.Contains(sum.Scores(0), score => score > 0);
        Assert.Equal([0, 0, 0], sum.Scores(1));
    }

    [Theory]
    [InlineData("aru")]
    [InlineData("msg")]
    [InlineData("scrub")]
    [InlineData("boundary-shrink")]
    public void A_single_record_is_refused_where_batch_normalisation_would_have_to_train_on_it(string method)
    {
        using SyntheticRun normalised = SyntheticRun.Convolution(), plain = SyntheticRun.Mlp();
        Assert.Contains("two or more", normalised.Plan(method, normalised.Request("r", 1, 3)).Refusal, StringComparison.Ordinal);
        Assert.Null(normalised.Plan(method, normalised.Request("r", 2, 3)).Refusal);
        Assert.Null(plain.Plan(method, plain.Request("r", 1, 3)).Refusal);
    }

    private static MethodOptions ResetOnly(params IReadOnlyList<(string Name, string Value)> more) => MethodOptions.Of(
        new Dictionary<string, string>(more.Select(option => KeyValuePair.Create(option.Name, option.Value)))
        {
            ["share"] = "0.3",
            ["lr"] = "1e-30",
            ["momentum"] = "0",
            ["epochs"] = "1",
        });

    /// <summary>What became of each slice of a layer.</summary>
    private static Part[] Changed(ResetLayer layer, StateDict candidate)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        float[] shares = layer.Means(layer.Weight.ne(candidate[layer.Name]).to(ScalarType.Float32)).data<float>();
        return [.. shares.Select(share => share == 0 ? Part.Kept : share == 1 ? Part.Reset : Part.Torn)];
    }

    private enum Part
    {
        Kept,
        Reset,
        Torn,
    }
}
