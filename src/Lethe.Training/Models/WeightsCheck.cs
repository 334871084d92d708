using Lethe.Core.Errors;
using Lethe.Torch;

namespace Lethe.Training.Models;

/// <summary>Compares the entries of a weights file with those of a model and says in one message what does not fit.</summary>
/// <param name="path">The file.</param>
/// <param name="spec">The model.</param>
/// <param name="except">Layers that start at random; null: the file is to fill the whole model.</param>
internal sealed class WeightsCheck(string path, ModelSpec spec, IReadOnlyList<string>? except)
{
    private const int NamesShown = 3;

    /// <exception cref="BadDataException">Names, shapes or types differ, or a value is not finite.</exception>
    public void Require(IEnumerable<KeyValuePair<string, Tensor>> model, IReadOnlyDictionary<string, Tensor> file)
    {
        var own = model.ToDictionary();
        string[] missing = [.. own.Keys.Where(name => !file.ContainsKey(name) && !IsCounter(name))];
        string[] unknown = [.. file.Keys.Where(name => !own.ContainsKey(name))];
        string[] other = [.. own.Keys.Where(name => file.TryGetValue(name, out var value) && !Fits(own[name], value))];
        string[] faults =
        [
            .. Fault("missing ", missing, name => name),
            .. Fault("not in the model ", unknown, name => name),
            .. Fault("of another shape or type ", other, name => $"{name} {Form(file[name])} instead of {Form(own[name])}"),
        ];
        if (except is null && missing.Length + unknown.Length == 0 && ClassesOf(other, own, file) is { } classes)
        {
            throw new BadDataException(
                $"The weights {path} tell {classes} classes apart ({other[0]} {Form(file[other[0]])}), but the data has {spec.Classes}. Give the data that the model "
                + $"was trained on; for a classifier of other classes, train on: lethe train --init {path} --init-except {PretrainedWeights.LayerOf(other[0])}");
        }
        if (faults.Length > 0)
        {
            throw new BadDataException($"The weights {path} do not fit model '{spec.Name}': {string.Join("; ", faults)}. {Prefix(own, missing, unknown) ?? Namesake(own, file, other, missing.Length + unknown.Length) ?? Remedy(missing, unknown, other)}");
        }
        if (file.Keys.FirstOrDefault(name => !IsFinite(file[name])) is { } wrong)
        {
            throw new BadDataException($"The weights {path} hold values in '{wrong}' that are not finite. Take another file.");
        }
    }

    /// <summary>What to do where the names fit but for a prefix, as wrappers around a network write it.</summary>
    private string? Prefix(Dictionary<string, Tensor> own, string[] missing, string[] unknown)
    {
        string[] prefixes = [.. unknown.SelectMany(other => missing.Where(name => other.EndsWith('.' + name, StringComparison.Ordinal)).Select(name => other[..^name.Length]))];
        return prefixes.MinBy(prefix => prefix.Length) is { } prefix && Array.TrueForAll(unknown, name => IsOwn(name, prefix)) && Array.TrueForAll(missing, name => unknown.Contains(prefix + name))
            ? $"The names fit without '{prefix}', which a wrapper around the network has written (DataParallel, torch.compile, Lightning): save the state of the network inside it, or take the prefix away."
            : null;

        bool IsOwn(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal)
            && (own.ContainsKey(name[prefix.Length..]) || except?.Any(layer => PretrainedWeights.IsIn(name[prefix.Length..], layer)) == true);
    }

    /// <summary>The same network for pictures of another size, where but for the number of classes only the first layer is that one's.</summary>
    private string? Namesake(Dictionary<string, Tensor> own, IReadOnlyDictionary<string, Tensor> file, string[] other, int otherNames)
    {
        const string Large = "-imagenet", Stem = "conv1.weight";
        var isLarge = spec.Name.EndsWith(Large, StringComparison.Ordinal);
        var name = isLarge ? spec.Name[..^Large.Length] : spec.Name + Large;
        return otherNames == 0 && ModelCatalog.Names.Contains(name) && other.Contains(Stem) && file[Stem].shape is [_, _, var kernel, _] && kernel == (isLarge ? 3 : 7)
            && other.All(entry => entry == Stem || own[entry].shape[0] == spec.Classes)
            ? $"Its first layer is that of another form of the network: --model {name}."
            : null;
    }

    private string Remedy(string[] missing, string[] unknown, string[] other)
    {
        if (except is null)
        {
            return missing.Length + unknown.Length == 0
                ? "Check that --model and --model-option name the network that the weights belong to, and that the data is what it was trained on."
                : "Name the network that the weights belong to with --model, and its options with --model-option (names must be PyTorch's, as in torchvision), or export your own as TorchScript and import that.";
        }
        string[] layers = [.. other.Select(PretrainedWeights.LayerOf).Distinct()];
        return missing.Length + unknown.Length == 0 && layers.Length <= NamesShown
            ? $"To start there at random: --init-except {string.Join(',', except.Concat(layers).Distinct())}"
            : "Take weights of the same model under PyTorch's names, or leave layers out with --init-except LAYER,LAYER.";
    }

    /// <summary>The number of classes that the file has outputs for, where nothing but that differs.</summary>
    private long? ClassesOf(string[] other, Dictionary<string, Tensor> own, IReadOnlyDictionary<string, Tensor> file)
    {
        long[] found = [.. other.Select(name => file[name].shape).Select(shape => shape.Length == 0 ? 0 : shape[0]).Distinct()];
        return found.Length == 1 && found[0] != spec.Classes && Array.TrueForAll(other, IsOutput) ? found[0] : null;

        bool IsOutput(string name) => own[name].shape is [var outputs, .. var inputs] && outputs == spec.Classes
            && file[name].shape is [_, .. var stored] && stored.SequenceEqual(inputs) && IsFloating(file[name]);
    }

    private static string[] Fault(string kind, string[] names, Func<string, string> describe)
    {
        var more = names.Length > NamesShown ? $" and {names.Length - NamesShown} more" : "";
        return names.Length == 0 ? [] : [kind + string.Join(", ", names.Take(NamesShown).Select(describe)) + more];
    }

    private static bool IsCounter(string name) => name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    private static bool Fits(Tensor own, Tensor value) =>
        own.shape.AsSpan().SequenceEqual(value.shape) && IsFloating(own) == IsFloating(value);

    private static string Form(Tensor tensor) => $"{tensor.dtype} ({string.Join(", ", tensor.shape)})";

    private static bool IsFloating(Tensor tensor) =>
        tensor.dtype is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    private static bool IsFinite(Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        return tensor.numel() == 0 || double.IsFinite((tensor.to(ScalarType.Float64) * 0).sum().ToDouble());
    }
}
