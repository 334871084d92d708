using System.Globalization;
using Lethe.Torch;
using Lethe.Torch.Modules;
using static Lethe.Torch.torch;

namespace Lethe.Training.Models;

/// <summary>One layer of a transformer that normalises first: attention, then a perceptron with GELU, each added to its input.</summary>
internal sealed class TransformerLayer : nn.Module<Tensor, Tensor>, IScripted
{
    public const double NormEpsilon = 1e-6;

    private const double BiasDeviation = 1e-6;

    private readonly VisionTransformerForm form;
    private readonly nn.Module<Tensor, Tensor> ln_1;
    private readonly MultiheadAttention self_attention;
    private readonly nn.Module<Tensor, Tensor> ln_2;
    private readonly nn.Module<Tensor, Tensor> mlp;

    public TransformerLayer(VisionTransformerForm form, Generator generator)
        : base(nameof(TransformerLayer))
    {
        this.form = form;
        ln_1 = nn.LayerNorm(form.Width, NormEpsilon);
        self_attention = nn.MultiheadAttention(form.Width, form.Heads, generator);
        ln_2 = nn.LayerNorm(form.Width, NormEpsilon);
        mlp = nn.Sequential(
            ("0", Perceptron(form.Width, form.Hidden, generator)),
            ("1", nn.GELU()),
            ("3", Perceptron(form.Hidden, form.Width, generator)));
        RegisterComponents();
    }

    public string Script => ScriptText.Forward(
        "input = x",
        "x = " + ScriptText.LayerNorm("self.ln_1", form.Width, NormEpsilon),
        "x = torch.linear(x, self.self_attention.in_proj_weight, self.self_attention.in_proj_bias)",
        $"x = torch.reshape(x, [x.size(0), x.size(1), 3, {form.Heads}, {form.Width / form.Heads}])",
        "x = torch.permute(x, [2, 0, 3, 1, 4])",                                                // (3, N, heads, length, width / heads)
        string.Create(CultureInfo.InvariantCulture, $"q = torch.mul(torch.select(x, 0, 0), {1 / Math.Sqrt(form.Width / form.Heads):R})"),
        "weights = torch.softmax(torch.matmul(q, torch.transpose(torch.select(x, 0, 1), 2, 3)), -1)",
        "x = torch.transpose(torch.matmul(weights, torch.select(x, 0, 2)), 1, 2)",
        $"x = torch.reshape(x, [x.size(0), x.size(1), {form.Width}])",
        "input = input + " + ScriptText.Linear("self.self_attention.out_proj"),
        "x = input",
        "x = " + ScriptText.LayerNorm("self.ln_2", form.Width, NormEpsilon),
        "x = torch.gelu(" + ScriptText.Linear("getattr(self.mlp, \"0\")") + ")",
        "return input + " + ScriptText.Linear("getattr(self.mlp, \"3\")"));

    public override Tensor forward(Tensor input)
    {
        using var attended = Attend(input);
        using var normed = ln_2.call(attended);
        using var change = mlp.call(normed);
        return attended + change;
    }

    private Tensor Attend(Tensor input)
    {
        using var normed = ln_1.call(input);
        using var change = self_attention.call(normed, normed, normed);
        return input + change;
    }

    private static Linear Perceptron(long input, long output, Generator generator)
    {
        var linear = nn.Linear(input, output, generator);
        nn.init.xavier_uniform_(linear.weight, generator);
        nn.init.normal_(linear.bias!, generator, 0, BiasDeviation);
        return linear;
    }
}
