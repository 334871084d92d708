using Lethe.Core.Errors;
using Lethe.Torch;

namespace Lethe.Training.Models;

/// <summary>Compares the entries of a weights file with those of a model and says in one message what does not fit.</summary>
internal sealed class WeightsCheck(string path, ModelSpec spec, IReadOnlyList<string> except)
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
        if (faults.Length > 0)
        {
            throw new BadDataException($"The weights {path} do not fit model '{spec.Name}': {string.Join("; ", faults)}. {Remedy(missing, unknown, other)}");
        }
        if (file.Keys.FirstOrDefault(name => !IsFinite(file[name])) is { } wrong)
        {
            throw new BadDataException($"The weights {path} hold values in '{wrong}' that are not finite. Take another file.");
        }
    }

    private string Remedy(string[] missing, string[] unknown, string[] other)
    {
        string[] layers = [.. other.Select(PretrainedWeights.LayerOf).Distinct()];
        return missing.Length + unknown.Length == 0 && layers.Length <= NamesShown
            ? $"To start there at random: --init-except {string.Join(',', except.Concat(layers).Distinct())}"
            : "Take weights of the same model under PyTorch's names, or leave layers out with --init-except LAYER,LAYER.";
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
