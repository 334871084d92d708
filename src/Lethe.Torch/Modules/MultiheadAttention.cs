namespace Lethe.Torch.Modules;

/// <summary>Scaled dot-product attention in several subspaces (Vaswani et al. 2017), inputs and result of shape (N, L, E).</summary>
/// <remarks>
/// Entries are PyTorch's <c>in_proj_weight</c>, <c>in_proj_bias</c>, <c>out_proj.weight</c>, <c>out_proj.bias</c>. The batch is the
/// first dimension (PyTorch's <c>batch_first=True</c>), and query, key and value have the same width E.
/// </remarks>
public sealed class MultiheadAttention : torch.nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly long _width, _heads;
    private readonly Dropout? _dropout;
    private readonly Linear _outProjection;

    internal MultiheadAttention(long embed_dim, long num_heads, double dropout, bool hasBias, Generator generator)
        : base(nameof(MultiheadAttention))
    {
        if (num_heads < 1 || embed_dim % num_heads != 0)
            throw new ArgumentException($"MultiheadAttention: a width of {embed_dim} cannot be split into {num_heads} heads.", nameof(num_heads));
        (_width, _heads) = (embed_dim, num_heads);
        _dropout = dropout > 0 ? new Dropout(dropout, generator) : null;
        in_proj_weight = torch.nn.Parameter(torch.empty([3 * embed_dim, embed_dim], device: generator.device));
        torch.nn.init.xavier_uniform_(in_proj_weight, generator);
        register_parameter(nameof(in_proj_weight), in_proj_weight);
        if (hasBias)
        {
            in_proj_bias = torch.nn.Parameter(torch.zeros([3 * embed_dim], device: generator.device));
            register_parameter(nameof(in_proj_bias), in_proj_bias);
        }

        _outProjection = new Linear(embed_dim, embed_dim, hasBias, generator);
        if (_outProjection.bias is not null)
            torch.nn.init.zeros_(_outProjection.bias);
        register_module("out_proj", _outProjection);
    }

    /// <summary>The weights that make queries, keys and values, one below the other: (3·E, E).</summary>
    public Tensor in_proj_weight { get; }

    /// <summary>The biases of queries, keys and values, of shape (3·E), or null.</summary>
    public Tensor? in_proj_bias { get; }

    /// <summary>The number of subspaces; each has E / num_heads of the rows of queries, keys and values.</summary>
    public long num_heads => _heads;

    /// <inheritdoc/>
    public override void train(bool on = true)
    {
        base.train(on);
        _dropout?.train(on);
    }

    /// <summary>Computes attention of each query over all keys.</summary>
    /// <param name="query">Queries (N, L, E).</param>
    /// <param name="key">Keys (N, S, E).</param>
    /// <param name="value">Values (N, S, E).</param>
    /// <returns>The result (N, L, E).</returns>
    public override Tensor forward(Tensor query, Tensor key, Tensor value)
    {
        var scale = 1 / Math.Sqrt(_width / _heads);
        using var scope = torch.NewDisposeScope();
        var queries = Heads(query, 0) * scale; // (N, heads, L, E / heads)
        var weights = queries.matmul(Heads(key, 1).transpose(2, 3)).softmax(-1); // (N, heads, L, S)
        if (_dropout is not null)
            weights = _dropout.forward(weights);
        var mixed = weights.matmul(Heads(value, 2)).transpose(1, 2).reshape(query.shape[0], query.shape[1], _width);
        return _outProjection.forward(mixed).MoveToOuterDisposeScope();
    }

    private Tensor Heads(Tensor input, long part)
    {
        var projected = torch.nn.functional.linear(
            input, in_proj_weight.narrow(0, part * _width, _width), in_proj_bias?.narrow(0, part * _width, _width));
        return projected.reshape(input.shape[0], input.shape[1], _heads, _width / _heads).transpose(1, 2);
    }
}
