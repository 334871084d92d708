namespace Lethe.Training.Models;

/// <summary>The numbers that tell one residual net from another.</summary>
/// <param name="Depths">Blocks of each stage.</param>
/// <param name="StemWidth">Channels of the stem and, before a bottleneck's expansion, of the first stage; they double with every stage.</param>
/// <param name="Bottleneck">Whether blocks are bottlenecks of three convolutions with four times the channels out.</param>
/// <param name="ImageNetStem">Whether the stem is a 7×7 convolution of stride 2 and max-pooling, not a 3×3 convolution.</param>
internal sealed record ResNetForm(IReadOnlyList<int> Depths, long StemWidth = 64, bool Bottleneck = false, bool ImageNetStem = false)
{
    /// <summary>Three stages of 16, 32 and 64 channels: the CIFAR net of He et al. (2016), section 4.2.</summary>
    public static ResNetForm ResNet20 { get; } = new([3, 3, 3], StemWidth: 16);

    public static ResNetForm ResNet18 { get; } = new([2, 2, 2, 2]);

    public static ResNetForm ResNet34 { get; } = new([3, 4, 6, 3]);

    public static ResNetForm ResNet50 { get; } = new([3, 4, 6, 3], Bottleneck: true);

    public ResNetForm WithImageNetStem => this with { ImageNetStem = true };
}
