using Lethe.Torch;
using static Lethe.Torch.torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Training.Models;

/// <summary>LeNet-5 with ReLU and max-pooling; 28×28 images are padded by 2 as LeCun et al. (1998) pad MNIST to 32×32.</summary>
internal sealed class LeNet5 : nn.Module<Tensor, Tensor>, IScripted
{
    private const long SmallestImage = 12;

    private readonly nn.Module<Tensor, Tensor> conv1;
    private readonly nn.Module<Tensor, Tensor> conv2;
    private readonly nn.Module<Tensor, Tensor> fc1;
    private readonly nn.Module<Tensor, Tensor> fc2;
    private readonly nn.Module<Tensor, Tensor> fc3;

    public LeNet5(ModelSpec spec, Generator generator)
        : base(nameof(LeNet5))
    {
        _ = new ModelOptions(spec);
        var image = ImageShape.Of(spec, SmallestImage);
        Padding = image is { Height: 32, Width: 32 } ? 0 : 2;
        conv1 = nn.Conv2d(image.Channels, 6, 5, padding: Padding, generator: generator);
        conv2 = nn.Conv2d(6, 16, 5, generator: generator);
        fc1 = nn.Linear(16 * Pooled(image.Height) * Pooled(image.Width), 120, generator: generator);
        fc2 = nn.Linear(120, 84, generator: generator);
        fc3 = nn.Linear(84, spec.Classes, generator: generator);
        RegisterComponents();
    }

    public long Padding { get; }

    public string Script => ScriptText.Forward(
        "x = " + ScriptText.Conv2d("self.conv1", 1, Padding, bias: true), ScriptText.Relu, "x = " + ScriptText.MaxPool2d(2, 2, 0),
        "x = " + ScriptText.Conv2d("self.conv2", 1, 0, bias: true), ScriptText.Relu, "x = " + ScriptText.MaxPool2d(2, 2, 0),
        ScriptText.Flatten,
        "x = " + ScriptText.Linear("self.fc1"), ScriptText.Relu,
        "x = " + ScriptText.Linear("self.fc2"), ScriptText.Relu,
        "return " + ScriptText.Linear("self.fc3"));

    public override Tensor forward(Tensor input)
    {
        // Handles go at the end of forward; only what backward needs stays in memory.
        using var conv1Out = conv1.call(input);
        using var relu1 = F.relu(conv1Out);
        using var pool1 = F.max_pool2d(relu1, 2);             // (N, 6, H/2, W/2)
        using var conv2Out = conv2.call(pool1);
        using var relu2 = F.relu(conv2Out);
        using var pool2 = F.max_pool2d(relu2, 2);             // (N, 16, H/4 − 2, W/4 − 2)
        using var flat = pool2.flatten(1);
        using var fc1Out = fc1.call(flat);
        using var relu3 = F.relu(fc1Out);
        using var fc2Out = fc2.call(relu3);
        using var relu4 = F.relu(fc2Out);
        return fc3.call(relu4);
    }

    private long Pooled(long size) => ((size + 2 * Padding - 4) / 2 - 4) / 2;
}
