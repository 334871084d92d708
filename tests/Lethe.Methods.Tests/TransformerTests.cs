using Lethe.Core.Records;
using Lethe.Methods.Options;
using Lethe.Torch;
using Lethe.Training.Training;

namespace Lethe.Methods.Tests;

/// <summary>A small vision transformer: three heads of four, tokens of twelve, images of 8×8 in four patches.</summary>
public sealed class TransformerTests
{
    private const string Layer = "encoder.layers.encoder_layer_0.";
    private const int Width = 12, HeadSize = 4, Hidden = 48;

    [Fact]
    public void Aru_resets_whole_heads_and_whole_neurons()
    {
        using var fixture = SyntheticRun.Attention();
        using var before = Served(fixture);
        using var result = fixture.Execute("aru", fixture.Request("r", 2, 2, 4), MethodOptions.Of(("share", "0.34"), ("lr", "1e-30"), ("epochs", "1")));
        int[] rows = ChangedRows(before, result.Candidate, Layer + "self_attention.in_proj_weight", Width);
        var head = rows[0] / HeadSize;
        Assert.Equal([.. Enumerable.Range(0, 3).SelectMany(part => Enumerable.Range(part * Width + head * HeadSize, HeadSize))], rows);
        Assert.Equal((int)(0.34 * Hidden), ChangedRows(before, result.Candidate, Layer + "mlp.0.weight", Width).Length);
        Assert.Equal((int)(0.34 * Width), ChangedRows(before, result.Candidate, Layer + "mlp.3.weight", Hidden).Length);
        Assert.Equal((int)(0.34 * Width), ChangedRows(before, result.Candidate, Layer + "self_attention.out_proj.weight", Width).Length);
        Assert.Equal(4, Changed(before, result.Candidate).Length);
    }

    [Theory]
    [InlineData("cf-k")]
    [InlineData("eu-k")]
    public void Of_the_last_layers_only_these_change(string method)
    {
        using var fixture = SyntheticRun.Attention();
        using var before = Served(fixture);
        using (var one = fixture.Execute(method, fixture.Request("r", 2, 2, 4), MethodOptions.Of(("k", "1"))))
            Assert.Equal(["heads.head.bias", "heads.head.weight"], Changed(before, one.Candidate));
        using var two = fixture.Execute(method, fixture.Request("s", 2, 2, 4), MethodOptions.Of(("k", "2")));
        Assert.Equal(
            [Layer + "mlp.3.bias", Layer + "mlp.3.weight", "encoder.ln.bias", "encoder.ln.weight", "heads.head.bias", "heads.head.weight"],
            Changed(before, two.Candidate));
    }

    [Fact]
    public void NegGrad_climbs_the_loss_of_the_forgotten_records()
    {
        using var fixture = SyntheticRun.Attention();
        using var result = fixture.Execute("neg-grad", fixture.Request("r", 2, 2, 4), MethodOptions.Of(("epochs", "3")));
        var losses = result.Findings.Numbers.Single(finding => finding.Name.StartsWith("loss", StringComparison.Ordinal)).Values;
        Assert.True(losses.Count > 1 && losses[^1] > losses[0], string.Join(", ", losses));
    }

    [Fact]
    public void Scrub_moves_away_from_the_original_on_the_forgotten_records_further_than_on_the_others()
    {
        using var fixture = SyntheticRun.Attention();
        var request = fixture.Request("r", 4, 2, 4);
        using var before = Served(fixture);
        using var result = fixture.Execute("scrub", request, MethodOptions.Of(("lr", "0.02"), ("gamma", "0"), ("alpha", "1")));
        Assert.Equal(before.ParameterNames.Count, Changed(before, result.Candidate).Length);
        var (gone, stays) = Distances(fixture, request, result.Candidate);
        Assert.True(gone > stays, $"{gone} and {stays}");
    }

    [Fact]
    public void Ssd_dampens_the_share_of_weights_that_it_tells()
    {
        using var fixture = SyntheticRun.Attention();
        using var before = Served(fixture);
        using var result = fixture.Execute("ssd", fixture.Request("r", 2, 2, 4), MethodOptions.Of(("alpha", "1.2"), ("lambda", "0.5")));
        var told = result.Findings.Numbers.Single(finding => finding.Name == "share of weights dampened");
        Assert.Contains(told.Values, share => share > 0);
        foreach (var (name, share) in told.Labels!.Zip(told.Values))
        {
            var pairs = before.Values(name).Zip(result.Candidate.Values(name)).ToArray();
            Assert.All(pairs, pair => Assert.True(Math.Abs(pair.Second) <= Math.Abs(pair.First)));
            Assert.InRange(pairs.Count(pair => pair.First != pair.Second) / (double)pairs.Length, 0, share);
        }
    }

    [Fact]
    public void Salun_moves_no_more_than_the_mask_allows()
    {
        using var fixture = SyntheticRun.Attention();
        using var before = Served(fixture);
        using var result = fixture.Execute("salun", fixture.Request("r", 2, 2, 4), MethodOptions.Of(("mask-share", "0.2"), ("epochs", "2")));
        var told = result.Findings.Numbers.Single(finding => finding.Name == "share of weights that may move");
        var (moved, all) = (0, 0);
        foreach (var (name, share) in told.Labels!.Zip(told.Values))
        {
            var pairs = before.Values(name).Zip(result.Candidate.Values(name)).ToArray();
            var count = pairs.Count(pair => pair.First != pair.Second);
            Assert.InRange(count, 0, (int)Math.Round(share * pairs.Length));
            (moved, all) = (moved + count, all + pairs.Length);
        }
        Assert.InRange(moved, 0.1 * all, 0.2 * all);
    }

    [Fact]
    public void Unsir_learns_noise_through_attention_and_forgets_the_class()
    {
        using var fixture = SyntheticRun.Attention();
        var request = fixture.ClassRequest("r", 1);
        using var before = Served(fixture);
        using var result = fixture.Execute("unsir", request, MethodOptions.Of(("noise-batch", "8"), ("copies", "2"), ("batch-size", "8")));
        var objective = result.Findings.Numbers.Single(finding => finding.Name.StartsWith("noise objective", StringComparison.Ordinal)).Values;
        Assert.True(objective[^1] < objective[0], string.Join(", ", objective));
        Assert.Equal(before.ParameterNames.Count, Changed(before, result.Candidate).Length);
        Assert.Equal(4, result.Findings.Pictures.Count);
    }

    private static StateDict Served(SyntheticRun fixture) => fixture.Run.Load(fixture.Run.Index.Served!.Value);

    private static string[] Changed(StateDict before, StateDict after)
    {
        Assert.All(after.ParameterNames, name => Assert.All(after.Values(name), value => Assert.True(float.IsFinite(value))));
        return [.. before.ParameterNames.Where(name => !before.Values(name).SequenceEqual(after.Values(name)))];
    }

    private static int[] ChangedRows(StateDict before, StateDict after, string name, int columns) =>
        [.. before.Values(name).Chunk(columns).Zip(after.Values(name).Chunk(columns)).Index().Where(row => !row.Item.First.SequenceEqual(row.Item.Second)).Select(row => row.Index)];

    /// <summary>Mean squared distances of the outputs from the original's, on the records of a request and on the others.</summary>
    private static (double Forgotten, double Others) Distances(SyntheticRun fixture, Core.Requests.ForgetRequest request, StateDict candidate)
    {
        using var original = fixture.Run.CreateModel(fixture.Run.Index.Served!.Value);
        using var edited = fixture.Run.CreateModel();
        candidate.CopyTo(edited);
        original.eval();
        edited.eval();
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var input = fixture.Run.Normalization.Apply(fixture.Data.Samples);
        var distances = (edited.forward(input) - original.forward(input)).square().mean(1).data<float>();
        var forgotten = request.Records.Select(record => record.Value).ToHashSet();
        return (distances.Where((_, record) => forgotten.Contains(record)).Average(), distances.Where((_, record) => !forgotten.Contains(record)).Average());
    }
}
