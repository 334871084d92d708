using System.Globalization;
using Lethe.Torch;
using static Lethe.Torch.torch;

namespace Lethe.Training.Models;

/// <summary>Vision Transformer (Dosovitskiy et al., 2021) with torchvision's names, for images of one size.</summary>
/// <remarks>
/// Initialised as in torchvision, except that the class token and the head start at N(0, 0.02²): a head of zeros would give the rest of
/// the net no gradient in the first step.
/// </remarks>
internal sealed class VisionTransformer : nn.Module<Tensor, Tensor>, IScripted
{
    private const double TokenDeviation = 0.02;

    private readonly VisionTransformerForm form;
    private readonly Tensor class_token;
    private readonly nn.Module<Tensor, Tensor> conv_proj;
    private readonly nn.Module<Tensor, Tensor> encoder;
    private readonly nn.Module<Tensor, Tensor> heads;

    public VisionTransformer(ModelSpec spec, VisionTransformerForm defaults, Generator generator)
        : base(nameof(VisionTransformer))
    {
        form = defaults.With(spec);
        var image = ImageShape.Of(spec, smallest: 1);
        var patches = form.PatchesOf(spec, image);
        class_token = nn.Parameter(empty([1, 1, form.Width]));
        nn.init.normal_(class_token, generator, 0, TokenDeviation);
        var projection = nn.Conv2d(image.Channels, form.Width, form.Patch, generator, stride: form.Patch);
        nn.init.normal_(projection.weight, generator, 0, Math.Sqrt(1.0 / (image.Channels * form.Patch * form.Patch)));
        nn.init.zeros_(projection.bias!);
        conv_proj = projection;
        encoder = new TransformerEncoder(form, patches + 1, generator);
        var head = nn.Linear(form.Width, spec.Classes, generator);
        nn.init.normal_(head.weight, generator, 0, TokenDeviation);
        nn.init.zeros_(head.bias!);
        heads = nn.Sequential(("head", head));
        RegisterComponents();
    }

    public string Script => ScriptText.Forward(
        "x = " + ScriptText.Conv2d("self.conv_proj", form.Patch, 0, bias: true),
        "x = torch.transpose(torch.flatten(x, 2), 1, 2)",
        string.Create(CultureInfo.InvariantCulture, $"token = self.class_token.expand([x.size(0), 1, {form.Width}])"),
        "x = self.encoder.forward(torch.cat([token, x], 1))",
        "x = torch.select(x, 1, 0)",
        "return " + ScriptText.Linear("self.heads.head"));

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var patches = conv_proj.call(input).flatten(2).transpose(1, 2);                         // (N, patches, width)
        var token = class_token.to(patches.dtype).expand(patches.shape[0], 1, form.Width);
        var encoded = encoder.call(cat([token, patches], 1));                                   // (N, 1 + patches, width)
        return heads.call(encoded.select(1, 0)).MoveToOuterDisposeScope();
    }
}
