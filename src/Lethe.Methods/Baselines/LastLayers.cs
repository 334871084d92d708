using Lethe.Methods.Editing;
using Lethe.Methods.Options;
using Lethe.Methods.Parameters;
using Lethe.Torch;
using Lethe.Torch.Modules;

namespace Lethe.Methods.Baselines;

/// <summary>
/// Lets only the last layers of an edited model learn, until it is disposed: the others compute no gradients and keep the statistics of
/// their batch normalisation.
/// </summary>
internal sealed class LastLayers : IDisposable
{
    public static readonly MethodOption Count = MethodOption.Whole(
        "k", 3, "How many of the last layers: a layer is a module with a weight and the normalisation behind it; all of them where the model has fewer.");

    private readonly List<Tensor> _frozen = [];
    private readonly List<(Tensor Buffer, Tensor Copy)> _statistics = [];

    public LastLayers(Edit edit)
    {
        var layers = ParameterLayer.Of(edit.Module);
        Trained = [.. layers.TakeLast(edit.Options.Whole(Count))];
        var trained = Trained.SelectMany(layer => layer.Parameters).ToHashSet<Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var parameter in edit.Module.parameters().Where(parameter => parameter.requires_grad && !trained.Contains(parameter)))
        {
            parameter.requires_grad = false;
            _frozen.Add(parameter);
        }
        edit.Module.apply(part => { if (part is BatchNorm { weight: { } weight } && !trained.Contains(weight)) part.eval(); });
        // The batch normalisation of a script cannot be told to rest: what it noted is undone at the end.
        var own = Trained.SelectMany(layer => layer.Buffers).ToHashSet<Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var buffer in edit.Module.buffers().Where(buffer => !own.Contains(buffer))) _statistics.Add((buffer, buffer.clone()));
    }

    /// <summary>The layers that learn, in order.</summary>
    public IReadOnlyList<ParameterLayer> Trained { get; }

    public void Dispose()
    {
        using var noGrad = torch.no_grad();
        foreach (var parameter in _frozen) parameter.requires_grad = true;
        foreach (var (buffer, copy) in _statistics)
        {
            buffer.copy_(copy);
            copy.Dispose();
        }
    }

    /// <summary>Says which layers learn.</summary>
    public void TellTo(Edit edit) => edit.Memory.Tell(
        "parameters of the layers that learn",
        [.. Trained.Select(layer => (double)layer.Parameters.Sum(parameter => parameter.numel()))], [.. Trained.Select(layer => layer.Name)]);
}
