using Lethe.Core.Errors;
using Lethe.Core.Store;
using Lethe.Torch;
using Lethe.Training.Models;
using Lethe.Training.Tests.Runs;
using Lethe.Training.Training;

namespace Lethe.Training.Tests.Models;

public sealed class PretrainedWeightsTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    private string File => Path.Combine(directory.Path, "weights.safetensors");

    public void Dispose() => directory.Dispose();

    [Fact]
    public void TakesAllEntriesInTheModelsTypes()
    {
        Write([Array("fc1.weight", 2, 3), Array("fc1.bias", 2), Half("fc2.weight", 2, 2), Array("fc2.bias", 2)]);
        using var weights = PretrainedWeights.Read(File, Mlp, []);
        Assert.Equal([0, 0.5f, 1, 1.5f], weights.Values.Values("fc2.weight"));
        Assert.Equal(ScalarType.Float32, weights.Values["fc2.weight"].dtype);
        Assert.Empty(weights.Description.Except);
        Write([Array("fc2.bias", 2), Half("fc2.weight", 2, 2), Array("fc1.weight", 2, 3), Array("fc1.bias", 2)], "order and metadata differ");
        using var again = PretrainedWeights.Read(File, Mlp, []);
        Assert.Equal(weights.Description.Digest, again.Description.Digest);
    }

    [Fact]
    public void LayersCanBeLeftOut()
    {
        Write([Array("fc1.weight", 2, 3), Array("fc1.bias", 2), Array("fc2.weight", 1000, 2), Array("fc2.bias", 1000)]);
        using var weights = PretrainedWeights.Read(File, Mlp, ["fc2"]);
        Assert.Equal(["fc2"], weights.Description.Except);
        Assert.Equal(["fc1.bias", "fc1.weight"], weights.Values.ParameterNames);
        Write([Array("module.fc1.weight", 2, 3), Array("module.fc1.bias", 2), Array("module.fc2.weight", 1000, 2), Array("module.fc2.bias", 1000)]);
        Assert.Contains("fit without 'module.'", Assert.Throws<BadDataException>(() => PretrainedWeights.Read(File, Mlp, ["fc2"])).Message);
        Assert.Contains("no layer 'fc'", Assert.Throws<UsageException>(() => PretrainedWeights.Read(File, Mlp, ["fc"])).Message);
    }

    [Fact]
    public void BatchNormCountersMayBeMissing()
    {
        using var generator = new Generator(1);
        using var model = ModelCatalog.Create(Net, generator);
        using var state = StateDict.FromModule(model);
        Write([.. Safetensors.Read(state.ToSafetensors()).Where(a => !a.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal))]);
        using var weights = PretrainedWeights.Read(File, Net, ["fc"]);
        Assert.Equal(state.Values("layer3.2.bn2.running_var"), weights.Values.Values("layer3.2.bn2.running_var"));
    }

    [Fact]
    public void WhatDoesNotFitIsSaidInOneMessage()
    {
        Refuses([Array("fc1.weight", 2, 3), Array("fc1.bias", 2), Array("fc2.weight", 5, 2), Array("fc2.bias", 5)],
            "fc2.weight Float32 (5, 2) instead of Float32 (2, 2)", "--init-except fc2");
        Refuses([Array("fc1.weight", 2, 3), Array("layer.bias", 2)], "missing fc1.bias, fc2.weight, fc2.bias", "not in the model layer.bias");
        Refuses([Array("fc1.weight", 2, 3), Array("fc1.bias", 2), Array("fc2.weight", 2, 2), Array("fc2.bias", float.NaN, 2)], "not finite");
        System.IO.File.WriteAllText(File, "PK");
        Assert.Contains("save_file", Assert.Throws<BadDataException>(() => PretrainedWeights.Read(File, Mlp, [])).Message);
        Assert.Contains("cannot be read", Assert.Throws<BadDataException>(() => PretrainedWeights.Read(File + "x", Mlp, [])).Message);
    }

    private static ModelSpec Mlp { get; } = new("mlp", [3], 2, new Dictionary<string, string> { ["hidden"] = "2" });

    private static ModelSpec Net { get; } = new("resnet20", [1, 8, 8], 3);

    private void Refuses(NamedArray[] arrays, params string[] words)
    {
        Write(arrays);
        var message = Assert.Throws<BadDataException>(() => PretrainedWeights.Read(File, Mlp, [])).Message;
        Assert.All(words, word => Assert.Contains(word, message));
    }

    private void Write(NamedArray[] arrays, string note = "") =>
        System.IO.File.WriteAllBytes(File, Safetensors.Write(arrays, new Dictionary<string, string> { ["note"] = note }));

    private static NamedArray Array(string name, params long[] shape) => Array(name, 0, shape);

    private static NamedArray Array(string name, float first, params long[] shape) =>
        new(name, ElementType.F32, shape, Bytes(first, shape, value => BitConverter.GetBytes(value)));

    private static NamedArray Half(string name, params long[] shape) =>
        new(name, ElementType.F16, shape, Bytes(0, shape, value => BitConverter.GetBytes((Half)value)));

    private static byte[] Bytes(float first, long[] shape, Func<float, byte[]> bytes) =>
        [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).SelectMany(i => bytes(i == 0 ? first : 0.5f * i))];
}
