using System.Text.Json;
using Lethe.Torch;

namespace Lethe.Methods.Tests.Aru;

/// <summary>What tests/reference/make_aru_golden.py computed, and its net.</summary>
internal sealed class AruGolden : IDisposable
{
    private readonly JsonElement _root =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", "aru.json"))).RootElement;

    public AruGolden()
    {
        using var generator = new Generator(1);
        Net = torch.nn.Sequential(
            ("0", torch.nn.Conv2d(1, 3, 3, generator)), ("1", torch.nn.BatchNorm2d(3)), ("2", torch.nn.ReLU()),
            ("3", torch.nn.Conv2d(3, 4, 3, generator)), ("4", torch.nn.ReLU()), ("5", torch.nn.Flatten()),
            ("6", torch.nn.Linear(64, 3, generator)));
        var state = Net.state_dict();
        using var noGrad = torch.no_grad();
        foreach (var entry in _root.GetProperty("state").EnumerateObject())
        {
            using var value = torch.tensor(Floats(entry.Value.GetProperty("values")), state[entry.Name].shape);
            state[entry.Name].copy_(value);
        }
    }

    public torch.nn.Module<Tensor, Tensor> Net { get; }

    public Tensor Images(string name) => torch.tensor(Numbers(name), [6, 1, 8, 8]);

    public static Tensor Labels() => torch.tensor<long>([0, 1, 2, 0, 1, 2]);

    public float[] Numbers(string name) => Floats(_root.GetProperty(name));

    public float[][] Rows(string name) => [.. _root.GetProperty(name).EnumerateArray().Select(Floats)];

    public Tensor Weight(string name) => Net.named_parameters().First(entry => entry.name == name).parameter;

    public void Dispose() => Net.Dispose();

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetSingle())];
}
