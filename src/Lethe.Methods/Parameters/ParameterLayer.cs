using Lethe.Torch;

namespace Lethe.Methods.Parameters;

/// <summary>
/// A layer as layer-wise methods count it: the parameters of one module, with the normalisation registered behind it. Told by names and
/// shapes alone, so that imported scripts have layers too.
/// </summary>
internal sealed class ParameterLayer
{
    private readonly List<Part> _parts = [];

    private ParameterLayer(Part first) => _parts.Add(first);

    /// <summary>The name of its first module, or of the parameter where that has no module of its own.</summary>
    public string Name => _parts[0].Module.Length > 0 ? _parts[0].Module : _parts[0].Parameters[0].Name;

    public IEnumerable<Tensor> Parameters => _parts.SelectMany(part => part.Parameters).Select(entry => entry.Parameter);

    public IEnumerable<Tensor> Buffers => _parts.SelectMany(part => part.Buffers).Select(entry => entry.Buffer);

    /// <summary>The layers of a model, in order of registration: inputs first, classifier last.</summary>
    public static IReadOnlyList<ParameterLayer> Of(torch.nn.Module module)
    {
        var buffers = module.named_buffers().ToLookup(entry => ModuleOf(entry.name), entry => (entry.name, entry.buffer));
        var layers = new List<ParameterLayer>();
        foreach (var group in module.named_parameters().GroupBy(entry => ModuleOf(entry.name)))
        {
            var part = new Part(group.Key, [.. group.Select(entry => (entry.name, entry.parameter))], [.. buffers[group.Key]]);
            if (part.IsNormalisation && layers.Count > 0) layers[^1]._parts.Add(part);
            else layers.Add(new ParameterLayer(part));
        }
        return layers;
    }

    /// <summary>
    /// Draws it anew as PyTorch does by default: weights and biases uniform on ±1/√(fan in), normalisation 1 and 0 with statistics 0 and 1.
    /// The model's own initialiser may be another; behind a convolution, batch normalisation takes the difference away.
    /// </summary>
    public void Reinitialise(Generator generator)
    {
        foreach (var part in _parts) part.Reinitialise(generator);
    }

    private static string ModuleOf(string name) => name.LastIndexOf('.') is var dot and >= 0 ? name[..dot] : "";

    private sealed record Part(string Module, (string Name, Tensor Parameter)[] Parameters, (string Name, Tensor Buffer)[] Buffers)
    {
        public bool IsNormalisation => Array.TrueForAll(Parameters, entry => entry.Parameter.shape.Length < 2);

        public void Reinitialise(Generator generator)
        {
            var fanIn = Parameters.Select(entry => entry.Parameter).Where(tensor => tensor.shape.Length > 1).Select(FanIn).FirstOrDefault();
            foreach (var (name, parameter) in Parameters)
            {
                if (fanIn == 0) torch.nn.init.constant_(parameter, name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0);
                else
                {
                    var bound = 1 / Math.Sqrt(parameter.shape.Length > 1 ? FanIn(parameter) : fanIn);
                    torch.nn.init.uniform_(parameter, generator, -bound, bound);
                }
            }
            foreach (var (name, buffer) in Buffers)
            {
                if (name.EndsWith("running_var", StringComparison.Ordinal)) torch.nn.init.ones_(buffer);
                else if (name.EndsWith("running_mean", StringComparison.Ordinal) || name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
                    torch.nn.init.zeros_(buffer);
            }
        }

        private static long FanIn(Tensor weight) => weight.numel() / weight.shape[0];
    }
}
