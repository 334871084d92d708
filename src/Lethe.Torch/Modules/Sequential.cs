using System.Globalization;

namespace Lethe.Torch.Modules;

/// <summary>A chain of modules: each gets the result of the one before.</summary>
/// <remarks>Handles of results between the links are freed at once; what the backward pass needs stays with the graph.</remarks>
public sealed class Sequential : torch.nn.Module<Tensor, Tensor>
{
    private readonly torch.nn.Module<Tensor, Tensor>[] _chain;

    internal Sequential(IEnumerable<(string name, torch.nn.Module<Tensor, Tensor> module)> chain)
        : base(nameof(Sequential))
    {
        (string name, torch.nn.Module<Tensor, Tensor> module)[] links = [.. chain];
        foreach (var (name, module) in links)
            register_module(name, module);
        _chain = [.. links.Select(link => link.module)];
    }

    internal static Sequential Positional(IEnumerable<torch.nn.Module<Tensor, Tensor>> chain) =>
        new(chain.Select((module, index) => (index.ToString(CultureInfo.InvariantCulture), module)));

    /// <summary>The number of links.</summary>
    public int Count => _chain.Length;

    /// <summary>The link at a position, from 0.</summary>
    public torch.nn.Module<Tensor, Tensor> this[int index] => _chain[index];

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        var current = input;
        foreach (var module in _chain)
        {
            var next = module.forward(current);
            if (!ReferenceEquals(current, input) && !ReferenceEquals(current, next))
                current.Dispose();
            current = next;
        }

        return current;
    }
}
