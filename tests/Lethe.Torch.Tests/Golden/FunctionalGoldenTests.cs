using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Torch.Tests.Golden;

public sealed class FunctionalGoldenTests
{
    private static readonly GoldenFile Golden = new("functional.safetensors");

    private static readonly Dictionary<string, Func<Tensor[], Tensor>> Functions = new(StringComparer.Ordinal)
    {
        ["add"] = t => t[0].add(t[1], 0.5),
        ["sub"] = t => t[0] - t[1],
        ["mul"] = t => t[0] * t[1],
        ["div"] = t => t[0] / t[1],
        ["pow"] = t => t[0].pow(3),
        ["pow_tensor"] = t => t[0].pow(t[1]),
        ["neg"] = t => -t[0],
        ["exp"] = t => t[0].exp(),
        ["expm1"] = t => t[0].expm1(),
        ["log"] = t => t[0].log(),
        ["log1p"] = t => t[0].log1p(),
        ["sqrt"] = t => t[0].sqrt(),
        ["rsqrt"] = t => t[0].rsqrt(),
        ["square"] = t => t[0].square(),
        ["reciprocal"] = t => t[0].reciprocal(),
        ["abs"] = t => t[0].abs(),
        ["sin"] = t => t[0].sin(),
        ["cos"] = t => t[0].cos(),
        ["erf"] = t => t[0].erf(),
        ["tanh"] = t => t[0].tanh(),
        ["sigmoid"] = t => t[0].sigmoid(),
        ["maximum"] = t => t[0].maximum(t[1]),
        ["minimum"] = t => t[0].minimum(t[1]),
        ["clamp"] = t => t[0].clamp(-0.5, 0.7),
        ["sum"] = t => t[0].sum(),
        ["sum_dim"] = t => t[0].sum(1, keepdim: true),
        ["mean"] = t => t[0].mean(),
        ["mean_dim"] = t => t[0].mean(0),
        ["var"] = t => t[0].var(),
        ["max_dim"] = t => t[0].max(1).values,
        ["min_dim"] = t => t[0].min(1).values,
        ["norm"] = t => t[0].norm(),
        ["logsumexp"] = t => t[0].logsumexp([1]),
        ["cumsum"] = t => t[0].cumsum(1),
        ["prod"] = t => t[0].prod(),
        ["matmul"] = t => t[0].matmul(t[1]),
        ["mm"] = t => t[0].mm(t[1]),
        ["bmm"] = t => t[0].bmm(t[1]),
        ["reshape"] = t => t[0].reshape(2, 6),
        ["permute"] = t => t[0].permute(2, 0, 1),
        ["transpose"] = t => t[0].transpose(0, 2),
        ["narrow"] = t => t[0].narrow(1, 1, 2),
        ["index_select"] = t => t[0].index_select(0, t[1]),
        ["gather"] = t => t[0].gather(1, t[1]),
        ["expand"] = t => t[0].expand(3, 4),
        ["flip"] = t => t[0].flip(1),
        ["cat"] = t => torch.cat([t[0], t[1]], 1),
        ["stack"] = t => torch.stack([t[0], t[1]], 1),
        ["where"] = t => torch.where(t[0].gt(t[1]), t[0], t[1] * 2),
        ["pad"] = t => F.pad(t[0], [1, 2, 0, 1], value: 0.5),
        ["relu"] = t => F.relu(t[0]),
        ["relu6"] = t => F.relu6(t[0]),
        ["gelu"] = t => F.gelu(t[0]),
        ["silu"] = t => F.silu(t[0]),
        ["softplus"] = t => F.softplus(t[0]),
        ["softmax"] = t => F.softmax(t[0], 1),
        ["log_softmax"] = t => F.log_softmax(t[0], 1),
        ["linear"] = t => F.linear(t[0], t[1], t[2]),
        ["conv2d"] = t => F.conv2d(t[0], t[1], t[2]),
        ["conv2d_stride_padding"] = t => F.conv2d(t[0], t[1], t[2], (2, 1), (1, 2), (1, 1)),
        ["conv2d_dilation"] = t => F.conv2d(t[0], t[1], t[2], padding: 2, dilation: 2),
        ["conv2d_groups"] = t => F.conv2d(t[0], t[1], groups: 2),
        ["batch_norm_training"] = t => F.batch_norm(t[0], null, null, t[1], t[2], training: true),
        ["batch_norm_evaluation"] = t => F.batch_norm(t[0], t[1].detach(), t[2].detach(), t[3], t[4], training: false),
        ["layer_norm"] = t => F.layer_norm(t[0], [3, 4], t[1], t[2]),
        ["max_pool2d"] = t => F.max_pool2d(t[0], 2),
        ["max_pool2d_padding"] = t => F.max_pool2d(t[0], 3, 2, 1),
        ["avg_pool2d"] = t => F.avg_pool2d(t[0], 2),
        ["avg_pool2d_padding"] = t => F.avg_pool2d(t[0], 3, 2, 1, count_include_pad: false),
        ["adaptive_avg_pool2d"] = t => F.adaptive_avg_pool2d(t[0], 2, 3),
        ["cross_entropy"] = t => F.cross_entropy(t[0], t[1]),
        ["cross_entropy_none"] = t => F.cross_entropy(t[0], t[1], reduction: torch.nn.Reduction.None),
        ["cross_entropy_sum_smoothed"] = t => F.cross_entropy(t[0], t[1], reduction: torch.nn.Reduction.Sum, label_smoothing: 0.2),
        ["cross_entropy_weighted"] = t => F.cross_entropy(t[0], t[1], t[2].detach(), ignore_index: 1),
        ["nll_loss"] = t => F.nll_loss(F.log_softmax(t[0], 1), t[1]),
        ["mse_loss"] = t => F.mse_loss(t[0], t[1]),
        ["l1_loss"] = t => F.l1_loss(t[0], t[1]),
        ["kl_div"] = t => F.kl_div(F.log_softmax(t[0], 1), F.softmax(t[1], 1), reduction: torch.nn.Reduction.Sum),
        ["binary_cross_entropy_with_logits"] = t => F.binary_cross_entropy_with_logits(t[0], t[1]),
        ["scaled_dot_product_attention"] = t => F.scaled_dot_product_attention(t[0], t[1], t[2]),
    };

    public static TheoryData<string> Cases => [.. Golden.Names("").Select(name => name.Split('/')[0]).Distinct()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ResultAndGradientsAreThoseOfPyTorch(string name)
    {
        using var scope = torch.NewDisposeScope();
        var inputs = Golden.Series($"{name}/in");
        foreach (var input in inputs.Where(input => input.dtype == ScalarType.Float32))
            input.requires_grad_();

        var result = Functions[name](inputs);
        TensorAssert.Close(Golden[$"{name}/out"], result, name);

        (result * Golden[$"{name}/cot"]).sum().backward();
        for (var i = 0; i < inputs.Length; i++)
        {
            if (Golden.Has($"{name}/grad/{i}"))
                TensorAssert.Close(Golden[$"{name}/grad/{i}"], inputs[i].grad, $"{name}, gradient {i}");
        }
    }
}
