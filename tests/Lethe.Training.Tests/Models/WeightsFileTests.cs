using Lethe.Core.Errors;
using Lethe.Core.Store;
using Lethe.Torch;
using Lethe.Training.Models;
using Lethe.Training.Training;

namespace Lethe.Training.Tests.Models;

public sealed class WeightsFileTests
{
    private static readonly ModelSpec Net = new("resnet20", [1, 8, 8], 3);

    [Fact]
    public void KindsAreToldByContent()
    {
        Assert.True(WeightsFile.IsSafetensors(Safetensors.Write([])));
        Assert.False(WeightsFile.IsSafetensors("PK\u0003\u0004\u0014\0\b\b{"u8));
        Assert.False(WeightsFile.IsSafetensors("{\"a\": 1, \"b\": {}}"u8));
        Assert.False(WeightsFile.IsSafetensors([]));
        Assert.Null(WeightsFile.ModelNamedIn(Safetensors.Write([])));
        Assert.Equal("mlp", WeightsFile.ModelNamedIn(Safetensors.Write([], new Dictionary<string, string> { ["model"] = "mlp" })));
    }

    [Fact]
    public void AModelIsBuiltWithAllValuesAndCountersMayBeMissing()
    {
        using var generator = new Generator(3);
        using var model = ModelCatalog.Create(Net, generator);
        WeightFormula.Fill(model);
        using var state = StateDict.FromModule(model);
        using var all = StateDict.FromModule(WeightsFile.Open(state.ToSafetensors(), "w", Net));
        Assert.Equal(state.ToSafetensors(), all.ToSafetensors());
        var entries = Safetensors.Read(state.ToSafetensors()).Where(entry => !entry.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal));
        using var fewer = StateDict.FromModule(WeightsFile.Open(Safetensors.Write([.. entries]), "w", Net));
        Assert.Equal(state.Values("layer1.0.bn1.running_var"), fewer.Values("layer1.0.bn1.running_var"));
        Assert.Equal([0f], fewer.Values("bn1.num_batches_tracked"));
    }

    [Fact]
    public void WhatDoesNotFitIsNamed()
    {
        using var generator = new Generator(3);
        using var model = ModelCatalog.Create(Net, generator);
        using var state = StateDict.FromModule(model);
        var entries = Safetensors.Read(state.ToSafetensors());
        Refuses([.. entries.Where(entry => entry.Name != "conv1.weight")], "missing conv1.weight", "--model");
        Refuses([.. entries, entries[0] with { Name = "extra" }], "not in the model extra", "TorchScript");
        Refuses([.. entries.Select(entry => entry.Name == "bn1.bias" ? entry with { Shape = [2, entry.Shape[0] / 2] } : entry)], "of another shape or type bn1.bias Float32 (2, 8) instead of Float32 (16)", "--model-option");
        Refuses([.. entries.Select(entry => entry.Name is "fc.weight" or "fc.bias" ? Twice(entry) : entry)], "tell 6 classes apart (fc.weight Float32 (6, 64)), but the data has 3", "--init w --init-except fc");
        Assert.Contains("save_file", Assert.Throws<BadDataException>(() => WeightsFile.Open([8, 0, 0, 0, 0, 0, 0, 0, (byte)'{'], "w", Net)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AWrapperAroundTheNetworkIsRecognised()
    {
        using var generator = new Generator(3);
        using var model = ModelCatalog.Create(Net, generator);
        using var state = StateDict.FromModule(model);
        var entries = Safetensors.Read(state.ToSafetensors());
        Refuses([.. entries.Select(entry => entry with { Name = "module." + entry.Name })], "fit without 'module.'", "the network inside it");
        Refuses([.. entries.Select(entry => entry with { Name = "model._orig_mod." + entry.Name })], "fit without 'model._orig_mod.'");
        Refuses([.. entries.Reverse().Select(entry => entry with { Name = "module." + entry.Name })], "fit without 'module.'");
        Refuses([.. entries.Skip(1).Select(entry => entry with { Name = "module." + entry.Name })], "Name the network");
        Refuses([.. entries.Select(entry => entry with { Name = "module." + entry.Name + ".w" })], "Name the network");
    }

    [Fact]
    public void TheOtherFormOfTheNetworkIsNamed()
    {
        using var generator = new Generator(3);
        var wanted = new ModelSpec("resnet18", [1, 8, 8], 3);
        using var model = ModelCatalog.Create(new ModelSpec("resnet18-imagenet", [1, 64, 64], 3), generator);
        using var state = StateDict.FromModule(model);
        string message = Assert.Throws<BadDataException>(() => WeightsFile.Open(state.ToSafetensors(), "w", wanted)).Message;
        Assert.Contains("conv1.weight Float32 (64, 1, 7, 7) instead of Float32 (64, 1, 3, 3)", message, StringComparison.Ordinal);
        Assert.EndsWith("--model resnet18-imagenet.", message, StringComparison.Ordinal);
        using var deeper = ModelCatalog.Create(new ModelSpec("resnet34-imagenet", [1, 64, 64], 3), generator);
        using var deeperState = StateDict.FromModule(deeper);
        message = Assert.Throws<BadDataException>(() => WeightsFile.Open(deeperState.ToSafetensors(), "w", wanted)).Message;
        Assert.Contains("Name the network", message, StringComparison.Ordinal);
    }

    private static NamedArray Twice(NamedArray entry) =>
        entry with { Shape = [2 * entry.Shape[0], .. entry.Shape.Skip(1)], Data = entry.Data.ToArray().Concat(entry.Data.ToArray()).ToArray() };

    private static void Refuses(NamedArray[] entries, params string[] words)
    {
        string message = Assert.Throws<BadDataException>(() => WeightsFile.Open(Safetensors.Write(entries), "w", Net)).Message;
        Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
    }
}
