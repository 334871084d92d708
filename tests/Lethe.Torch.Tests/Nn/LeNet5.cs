using static Lethe.Torch.torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Torch.Tests;

/// <summary>LeNet-5 for 28×28 images, as the reference script defines it.</summary>
internal sealed class LeNet5 : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> conv1, conv2, fc1, fc2, fc3;

    public LeNet5(Generator generator)
        : base(nameof(LeNet5))
    {
        conv1 = nn.Conv2d(1, 6, 5, padding: 2, generator: generator);
        conv2 = nn.Conv2d(6, 16, 5, generator: generator);
        fc1 = nn.Linear(400, 120, generator);
        fc2 = nn.Linear(120, 84, generator);
        fc3 = nn.Linear(84, 10, generator);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var x = F.max_pool2d(F.relu(conv1.call(input)), 2); // (N, 6, 14, 14)
        x = F.max_pool2d(F.relu(conv2.call(x)), 2); // (N, 16, 5, 5)
        return fc3.call(F.relu(fc2.call(F.relu(fc1.call(x.flatten(1))))));
    }
}
