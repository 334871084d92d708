using System.Globalization;
using Lethe.Torch;
using static Lethe.Torch.torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Training.Models;

/// <summary>Fully connected network: flatten, (linear, ReLU, dropout) for each hidden size, linear; layers are named fc1, fc2, ….</summary>
internal sealed class Mlp : nn.Module<Tensor, Tensor>, IUsesDropout, IScripted
{
    private static readonly long[] DefaultHidden = [512, 512];

    private readonly List<nn.Module<Tensor, Tensor>> layers = [];
    private DropoutMasks? dropoutMasks;

    public Mlp(ModelSpec spec, Generator generator)
        : base(nameof(Mlp))
    {
        var options = new ModelOptions(spec, "hidden", "dropout");
        DropoutProbability = options.Probability("dropout");
        var width = spec.InputShape.Aggregate(1L, (product, size) => product * size);
        foreach (var size in options.Sizes("hidden", DefaultHidden).Append(spec.Classes))
        {
            var layer = nn.Linear(width, size, generator: generator);
            layers.Add(layer);
            register_module("fc" + layers.Count.ToString(CultureInfo.InvariantCulture), layer);
            width = size;
        }
    }

    public double DropoutProbability { get; }

    public string Script => ScriptText.Forward(
        Enumerable.Range(1, layers.Count - 1)
            .SelectMany(i => new[] { $"x = {ScriptText.Linear($"self.fc{i}")}", ScriptText.Relu })
            .Prepend(ScriptText.Flatten)
            .Append("return " + ScriptText.Linear($"self.fc{layers.Count}")));

    public void SetDropoutMasks(DropoutMasks? masks) => dropoutMasks = masks;

    public override Tensor forward(Tensor input)
    {
        var x = input.flatten(1);
        for (var i = 0; i < layers.Count - 1; i++)
        {
            x = F.relu(layers[i].call(x));
            if (training && DropoutProbability > 0)
            {
                x = Dropped(x);
            }
        }
        return layers[^1].call(x);
    }

    private Tensor Dropped(Tensor x) =>
        (dropoutMasks ?? throw new InvalidOperationException("Training with dropout needs masks.")).Apply(x, DropoutProbability);
}
