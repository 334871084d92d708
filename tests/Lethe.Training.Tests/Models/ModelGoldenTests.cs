using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lethe.Torch;
using Lethe.Training.Models;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Training.Tests.Models;

/// <summary>Models against python3-torch and torchvision; the weights' formula is in tests/reference/make_model_golden.py.</summary>
public sealed class ModelGoldenTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", "models.json"))).RootElement;

    [Theory]
    [InlineData("lenet5", 10, 1e-4)]
    [InlineData("lenet5/32", 5, 1e-4)]
    [InlineData("mlp", 10, 1e-4)]
    [InlineData("mlp/40", 4, 1e-4)]
    [InlineData("allcnn", 10, 1e-3)]
    [InlineData("resnet18", 10, 1e-3)]
    [InlineData("resnet18-imagenet", 10, 1e-3)]
    [InlineData("resnet20", 10, 1e-3)]
    [InlineData("resnet34", 10, 1e-3)]
    [InlineData("resnet34-imagenet", 10, 1e-3)]
    [InlineData("resnet50", 10, 1e-3)]
    [InlineData("resnet50-imagenet", 10, 1e-3)]
    [InlineData("vgg16-bn", 10, 1e-3)]
    [InlineData("mobilenetv2", 10, 1e-3)]
    [InlineData("mobilenetv2-imagenet", 10, 1e-3)]
    [InlineData("vit-tiny", 10, 1e-3)]
    [InlineData("vit-small", 10, 1e-3)]
    public void OutputsGradientsAndStatisticsEqualPyTorchs(string name, int classes, double tolerance)
    {
        using var scope = torch.NewDisposeScope();
        var expected = Golden.GetProperty(name);
        var parts = name.Split('/');
        long[] shape = [.. expected.GetProperty("shape").EnumerateArray().Select(e => e.GetInt64())];
        var options = name == "mlp/40" ? new Dictionary<string, string> { ["hidden"] = "40" } : null;
        using var generator = new Generator(1);
        using var model = ModelCatalog.Create(new ModelSpec(parts[0], shape, classes, options), generator);
        Assert.Equal(expected.GetProperty("names").GetString(), Digest(model.state_dict().Keys));
        WeightFormula.Fill(model);
        var count = 4 * (int)shape.Aggregate(1L, (a, b) => a * b);
        var input = torch.tensor([.. Enumerable.Range(0, count).Select(i => (float)Math.Cos(0.37 * i))]).reshape([4, .. shape]);

        model.eval();
        AssertClose(Values(expected, "eval"), model.forward(input).detach().data<float>(), tolerance);
        model.train();
        var trained = model.forward(input);
        AssertClose(Values(expected, "train"), trained.detach().data<float>(), tolerance);
        var loss = F.cross_entropy(trained, torch.tensor([0L, 1, 2, 3]));
        Assert.Equal(expected.GetProperty("loss").GetDouble(), loss.ToDouble(), tolerance);
        loss.backward();
        AssertSums(Values(expected, "gradients"), model.named_parameters().Select(p => (p.name, p.parameter.grad!)), tolerance);
        AssertSums(Values(expected, "buffers"), model.named_buffers().Select(b => (b.name, b.buffer)), tolerance);
    }

    private static double[] Values(JsonElement golden, string name) =>
        [.. golden.GetProperty(name).EnumerateArray().Select(e => e.GetDouble())];

    private static void AssertClose(double[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Max(1, expected.Max(Math.Abs));
        for (var i = 0; i < actual.Length; i++)
        {
            Assert.Equal(expected[i] / scale, actual[i] / scale, tolerance);
        }
    }

    private static void AssertSums(double[] expected, IEnumerable<(string Name, Tensor Tensor)> tensors, double tolerance)
    {
        var sums = tensors.OrderBy(t => t.Name, StringComparer.Ordinal)
            .Select(t => (t.Name, Sum: t.Tensor.to(ScalarType.Float64).abs().sum().ToDouble())).ToList();
        Assert.Equal(expected.Length, sums.Count);
        foreach (var (wanted, (name, sum)) in expected.Zip(sums))
        {
            Assert.True(Math.Abs((sum + 1e-3) / (wanted + 1e-3) - 1) <= 10 * tolerance, $"{name}: {sum} instead of {wanted}");
        }
    }

    private static string Digest(IEnumerable<string> names) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', names.Order(StringComparer.Ordinal)))));
}
