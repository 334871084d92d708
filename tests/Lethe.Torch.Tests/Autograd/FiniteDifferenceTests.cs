using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Torch.Tests.Autograd;

/// <summary>Every differentiable operation against central differences in double precision.</summary>
public sealed class FiniteDifferenceTests
{
    private const double Step = 1e-5;

    private static readonly Dictionary<string, (long[][] Shapes, Func<Tensor[], Tensor> Function)> s_cases = new()
    {
        ["add"] = ([[2, 3], [3]], t => t[0].add(t[1], alpha: 2.5)),
        ["sub"] = ([[2, 3], [2, 1]], t => t[0] - t[1]),
        ["mul"] = ([[2, 3], [3]], t => t[0] * t[1]),
        ["div"] = ([[2, 3], [3]], t => t[0] / (t[1].square() + 1)),
        ["scalar operators"] = ([[3]], t => 2 / (t[0].square() + 1) + (3 - t[0]) * 0.5 - 1),
        ["pow"] = ([[3]], t => (t[0].square() + 1).pow(1.7)),
        ["pow tensor"] = ([[3], [3]], t => (t[0].square() + 1).pow(t[1])),
        ["exp log"] = ([[3]], t => (t[0].exp() + 1).log() + t[0].expm1().square().log1p()),
        ["sqrt rsqrt"] = ([[3]], t => (t[0].square() + 1).sqrt() + (t[0].square() + 1).rsqrt()),
        ["trigonometry"] = ([[3]], t => t[0].sin() * t[0].cos() + t[0].tanh() + t[0].erf()),
        ["abs reciprocal"] = ([[3]], t => (t[0].abs() + 1).reciprocal()),
        ["sigmoid silu softplus"] = ([[4]], t => t[0].sigmoid() + F.silu(t[0]) + F.softplus(t[0])),
        ["relu gelu relu6"] = ([[4]], t => t[0].relu() + F.gelu(t[0]) + F.relu6(t[0] * 5)),
        ["clamp"] = ([[4]], t => t[0].clamp(-0.5, 0.5)),
        ["maximum minimum"] = ([[4], [4]], t => t[0].maximum(t[1]) + t[0].minimum(t[1]) * 2),
        ["where masked_fill"] = ([[4], [4]], t => torch.where(t[0].gt(0), t[0], t[1]).masked_fill(t[1].gt(0.5), 3)),
        ["sum mean var"] = ([[3, 4]], t => t[0].sum(0).square().sum() + t[0].mean(1).square().sum() + t[0].var(1).sum()),
        ["norm std logsumexp"] = ([[3, 4]], t => t[0].norm() + t[0].norm([1], 3).sum() + t[0].std([0]).sum() + t[0].logsumexp([1]).sum()),
        ["amax amin max"] = ([[3, 4]], t => t[0].amax([0]).sum() + t[0].min() + t[0].max(1).values.square().sum()),
        ["prod cumsum"] = ([[4]], t => t[0].prod() + t[0].cumsum(0).square()),
        ["sort topk"] = ([[5]], t => t[0].sort().values * torch.arange(5) + t[0].topk(2).values.sum()),
        ["matmul"] = ([[2, 3, 4], [4, 5]], t => t[0].matmul(t[1])),
        ["mm bmm"] = ([[2, 3], [3, 2]], t => t[0].mm(t[1]) + t[0].unsqueeze(0).bmm(t[1].unsqueeze(0))[0]),
        ["shape"] = ([[2, 3, 4]], t => t[0].permute(2, 0, 1).reshape(4, 6).t().flip(0).narrow(0, 1, 3).unsqueeze(1).expand(3, 2, 4).square()),
        ["selection"] = ([[4, 3]], t => t[0].index_select(0, torch.tensor([2L, 2L, 0L])).square() + t[0][1].roll(1, 0) + t[0].select(1, 0).sum()),
        ["gather index"] = ([[4, 3]], t => t[0].gather(1, torch.tensor([0L, 2L, 1L, 1L], [4, 1])).square() * t[0][torch.tensor([1L, 1L, 0L, 3L])]),
        ["cat stack"] = ([[2, 3], [2, 3]], t => torch.cat([t[0], t[1].square()], 1).sum(1) * torch.stack([t[0], t[1]]).sum([0, 2])),
        ["pad repeat tril"] = ([[3, 3]], t => F.pad(t[0].tril(), [1, 0, 0, 2], 1).square().repeat(2, 1)),
        ["softmax"] = ([[3, 4]], t => t[0].softmax(1).square()),
        ["log_softmax"] = ([[3, 4]], t => t[0].log_softmax(1).square()),
        ["linear"] = ([[2, 3], [4, 3], [4]], t => F.linear(t[0], t[1], t[2]).square()),
        ["conv2d"] = ([[2, 2, 5, 4], [3, 2, 3, 2], [3]], t => F.conv2d(t[0], t[1], t[2], stride: 2, padding: 1).square()),
        ["conv2d groups"] = ([[1, 4, 5, 5], [4, 2, 2, 2]], t => F.conv2d(t[0], t[1], dilation: 2, groups: 2).square()),
        ["max_pool2d"] = ([[1, 2, 6, 6]], t => F.max_pool2d(t[0], 3, 2, 1).square()),
        ["avg_pool2d"] = ([[1, 2, 5, 5]], t => F.avg_pool2d(t[0], 2, padding: 1, count_include_pad: false).square()),
        ["adaptive_avg_pool2d"] = ([[1, 2, 5, 7]], t => F.adaptive_avg_pool2d(t[0], 2, 3).square()),
        ["batch_norm"] = ([[4, 3, 2, 2], [3], [3]], t => F.batch_norm(t[0], null, null, t[1], t[2], training: true).pow(3)),
        ["layer_norm"] = ([[4, 5], [5], [5]], t => F.layer_norm(t[0], [5], t[1], t[2]).pow(3)),
        ["attention"] = ([[2, 3, 4], [2, 5, 4], [2, 5, 2]], t => F.scaled_dot_product_attention(t[0], t[1], t[2]).square()),
        ["causal attention"] = ([[3, 4], [3, 4], [3, 2]], t => F.scaled_dot_product_attention(t[0], t[1], t[2], is_causal: true).square()),
        ["cross_entropy"] = ([[4, 3]], t => F.cross_entropy(t[0], torch.tensor([0L, 2L, 1L, 1L]), label_smoothing: 0.1)),
        ["nll_loss"] = ([[4, 3]], t => F.nll_loss(t[0].log_softmax(1), torch.tensor([0L, 2L, 1L, 1L]), reduction: torch.nn.Reduction.Sum)),
        ["mse l1"] = ([[4], [4]], t => F.mse_loss(t[0], t[1]) + F.l1_loss(t[0], t[1], torch.nn.Reduction.None)),
        ["kl_div"] = ([[4, 3], [4, 3]], t => F.kl_div(t[0].log_softmax(1), t[1].softmax(1), reduction: torch.nn.Reduction.Sum)),
        ["kl_div log"] = ([[4, 3], [4, 3]], t => F.kl_div(t[0].log_softmax(1), t[1].log_softmax(1), log_target: true)),
        ["bce"] = ([[4], [4]], t => F.binary_cross_entropy_with_logits(t[0], t[1].sigmoid())),
    };

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_agree_with_central_differences(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new Generator(17);
        var (shapes, function) = s_cases[name];
        var inputs = shapes.Select(shape => torch.randn(shape, generator, torch.float64, requires_grad: true)).ToArray();
        using var same = torch.NewDisposeScope();
        var output = function(inputs);
        var direction = torch.randn(output.shape, generator, torch.float64);
        var gradients = torch.autograd.grad([(output * direction).sum()], inputs);
        for (var i = 0; i < inputs.Length; i++)
        {
            var numerical = Differences(inputs, i, direction, function);
            Assert.True(gradients[i]!.flatten().allclose(numerical, rtol: 1e-5, atol: 1e-7),
                $"{name}, input {i}: {string.Join(" ", gradients[i]!.data<double>())} vs {string.Join(" ", numerical.data<double>())}");
        }
    }

    private static Tensor Differences(Tensor[] inputs, int which, Tensor direction, Func<Tensor[], Tensor> function)
    {
        using var no_grad = torch.no_grad();
        var element = inputs[which].detach().view(-1);
        var slopes = new double[element.numel()];
        for (var i = 0; i < slopes.Length; i++)
        {
            using var scope = torch.NewDisposeScope();
            var at = element.narrow(0, i, 1);
            at.add_(Step);
            var above = (function(inputs) * direction).sum().ToDouble();
            at.add_(-2 * Step);
            var below = (function(inputs) * direction).sum().ToDouble();
            at.add_(Step);
            slopes[i] = (above - below) / (2 * Step);
        }
        return torch.tensor(slopes);
    }
}
