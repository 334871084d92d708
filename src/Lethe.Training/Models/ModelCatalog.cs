using Lethe.Core.Errors;
using Lethe.Torch;

namespace Lethe.Training.Models;

/// <summary>The models that can be trained, by name; state-dict names are PyTorch's and torchvision's.</summary>
public static class ModelCatalog
{
    private static readonly Entry[] Entries =
    [
        new("lenet5", "LeNet-5 with ReLU and max-pooling; images of at least 12×12; 61,706 parameters at 1×28×28 and 10 classes.",
            Heavy: false, (spec, generator) => new LeNet5(spec, generator)),
        new("mlp", "Fully connected ReLU network on flattened samples; options hidden=512,512 and dropout=0.",
            Heavy: false, (spec, generator) => new Mlp(spec, generator)),
        new("allcnn", "All-CNN-C, nine convolutions, batch normalisation in place of dropout; images of at least 9×9.",
            Heavy: true, (spec, generator) => new AllCnn(spec, generator)),
        new("resnet18", "ResNet-18 with the CIFAR stem (3×3 convolution, no max-pooling); images.",
            Heavy: true, (spec, generator) => new ResNet18(spec, imageNetStem: false, generator)),
        new("resnet18-imagenet", "ResNet-18 as in torchvision (7×7 stride-2 stem, max-pooling); images of about 64×64 and more.",
            Heavy: true, (spec, generator) => new ResNet18(spec, imageNetStem: true, generator)),
    ];

    /// <summary>Names of all models.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(entry => entry.Name)];

    /// <summary>Builds a model with initial weights drawn from a generator, in training mode.</summary>
    /// <exception cref="UsageException">The name or an option is unknown, or the model cannot take samples of that shape.</exception>
    public static torch.nn.Module<Tensor, Tensor> Create(ModelSpec spec, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Classes < 2)
        {
            throw new UsageException($"Model '{spec.Name}' needs at least 2 classes, the data has {spec.Classes}.");
        }
        return Find(spec.Name).Create(spec, generator);
    }

    /// <summary>Describes a model and its options in one sentence.</summary>
    /// <exception cref="UsageException">The name is unknown.</exception>
    public static string Describe(string name) => Find(name).Description;

    /// <summary>Tells whether a model spends its time in convolutions, so that bfloat16 and channels-last pay.</summary>
    /// <exception cref="UsageException">The name is unknown.</exception>
    public static bool IsConvolutionHeavy(string name) => Find(name).Heavy;

    private static Entry Find(string name) => Array.Find(Entries, entry => entry.Name == name)
        ?? throw new UsageException($"Model '{name}' is not known; choose one of {string.Join(", ", Names)}.");

    private sealed record Entry(
        string Name, string Description, bool Heavy, Func<ModelSpec, Generator, torch.nn.Module<Tensor, Tensor>> Create);
}
