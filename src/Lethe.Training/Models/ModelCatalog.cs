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
        new("resnet18", "ResNet-18 with the CIFAR stem (3×3 convolution, no max-pooling); images; 11.2 million parameters.",
            Heavy: true, (spec, generator) => new ResNet(spec, ResNetForm.ResNet18, generator)),
        new("resnet18-imagenet", "ResNet-18 as in torchvision (7×7 stride-2 stem, max-pooling); images of about 64×64 and more.",
            Heavy: true, (spec, generator) => new ResNet(spec, ResNetForm.ResNet18.WithImageNetStem, generator)),
        new("resnet20", "ResNet-20 for CIFAR: 3 stages of 16, 32 and 64 channels, shortcuts by 1×1 convolutions (option B), torchvision's names; images; 0.27 million parameters.",
            Heavy: true, (spec, generator) => new ResNet(spec, ResNetForm.ResNet20, generator)),
        new("resnet34", "ResNet-34 with the CIFAR stem; images; 21.3 million parameters.",
            Heavy: true, (spec, generator) => new ResNet(spec, ResNetForm.ResNet34, generator)),
        new("resnet34-imagenet", "ResNet-34 as in torchvision; images of about 64×64 and more.",
            Heavy: true, (spec, generator) => new ResNet(spec, ResNetForm.ResNet34.WithImageNetStem, generator)),
        new("resnet50", "ResNet-50 (bottleneck blocks) with the CIFAR stem; images; 23.5 million parameters.",
            Heavy: true, (spec, generator) => new ResNet(spec, ResNetForm.ResNet50, generator)),
        new("resnet50-imagenet", "ResNet-50 as in torchvision; images of about 64×64 and more.",
            Heavy: true, (spec, generator) => new ResNet(spec, ResNetForm.ResNet50.WithImageNetStem, generator)),
        new("vgg16-bn", "VGG-16 with batch normalisation; torchvision's convolutions, but a global average and one linear layer (classifier.0) instead of pooling to 7×7 and three layers; images of at least 32×32; 14.7 million parameters.",
            Heavy: true, (spec, generator) => new Vgg16(spec, generator)),
        new("mobilenetv2", "MobileNetV2 with the strides for CIFAR (8-fold, not 32-fold reduction); images; option dropout=0; 2.2 million parameters.",
            Heavy: true, (spec, generator) => new MobileNetV2(spec, imageNetStrides: false, generator)),
        new("mobilenetv2-imagenet", "MobileNetV2 as in torchvision; images of about 64×64 and more; option dropout=0 (torchvision: 0.2).",
            Heavy: true, (spec, generator) => new MobileNetV2(spec, imageNetStrides: true, generator)),
        new("vit-tiny", "Vision Transformer with torchvision's names; images whose sides the patch divides; options patch=4, depth=12, dim=192, heads=3; 5.4 million parameters.",
            Heavy: false, (spec, generator) => new VisionTransformer(spec, VisionTransformerForm.Tiny, generator)),
        new("vit-small", "Vision Transformer with torchvision's names; images whose sides the patch divides; options patch=4, depth=12, dim=384, heads=6; 21.3 million parameters.",
            Heavy: false, (spec, generator) => new VisionTransformer(spec, VisionTransformerForm.Small, generator)),
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
    /// <remarks>An imported network is left as it is.</remarks>
    /// <exception cref="UsageException">The name is unknown.</exception>
    public static bool IsConvolutionHeavy(string name) => name != ImportedModel.ModelName && Find(name).Heavy;

    private static Entry Find(string name) => Array.Find(Entries, entry => entry.Name == name)
        ?? throw new UsageException($"Model '{name}' is not known; choose one of {string.Join(", ", Names)}.");

    private sealed record Entry(
        string Name, string Description, bool Heavy, Func<ModelSpec, Generator, torch.nn.Module<Tensor, Tensor>> Create);
}
