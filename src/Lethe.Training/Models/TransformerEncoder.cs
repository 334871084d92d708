using System.Globalization;
using Lethe.Torch;
using static Lethe.Torch.torch;

namespace Lethe.Training.Models;

/// <summary>Adds learnt positions to a sequence of tokens, runs the layers and normalises: (N, length, width) → the same shape.</summary>
internal sealed class TransformerEncoder : nn.Module<Tensor, Tensor>, IScripted
{
    private const double PositionDeviation = 0.02;

    private readonly long width;
    private readonly Tensor pos_embedding;
    private readonly nn.Module<Tensor, Tensor> layers;
    private readonly nn.Module<Tensor, Tensor> ln;

    public TransformerEncoder(VisionTransformerForm form, long length, Generator generator)
        : base(nameof(TransformerEncoder))
    {
        width = form.Width;
        pos_embedding = nn.Parameter(empty([1, length, form.Width]));
        nn.init.normal_(pos_embedding, generator, 0, PositionDeviation);
        var chain = new List<(string, nn.Module<Tensor, Tensor>)>();
        for (var i = 0; i < form.Depth; i++)
        {
            chain.Add(("encoder_layer_" + i.ToString(CultureInfo.InvariantCulture), new TransformerLayer(form, generator)));
        }
        layers = nn.Sequential([.. chain]);
        ln = nn.LayerNorm(form.Width, TransformerLayer.NormEpsilon);
        RegisterComponents();
    }

    public string Script => ScriptText.Forward(
        "x = self.layers.forward(x + self.pos_embedding)",
        "return " + ScriptText.LayerNorm("self.ln", width, TransformerLayer.NormEpsilon));

    public override Tensor forward(Tensor input)
    {
        using var placed = input + pos_embedding;
        using var encoded = layers.call(placed);
        return ln.call(encoded);
    }
}
