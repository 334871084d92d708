using Lethe.Core.Errors;
using Lethe.Torch;
using Lethe.Training.Training;

namespace Lethe.Training.Tests.Training;

public sealed class AugmentationTests
{
    [Theory]
    [InlineData("none", 0, false)]
    [InlineData("shift:2", 2, false)]
    [InlineData("flip", 0, true)]
    [InlineData("crop", 4, false)]
    [InlineData("flip+crop", 4, true)]
    [InlineData("crop:3+flip", 3, true)]
    public void ReadsItsForms(string text, int shift, bool flip) => Assert.Equal(new Augmentation(shift, flip), Augmentation.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("shift")]
    [InlineData("shift:0")]
    [InlineData("shift:-1")]
    [InlineData("shift:x")]
    [InlineData("flip:2")]
    [InlineData("flip+flip")]
    [InlineData("shift:1+crop:2")]
    [InlineData("rotate")]
    public void RejectsOthers(string text) => Assert.Throws<UsageException>(() => Augmentation.Parse(text));

    [Fact]
    public void EverySampleIsAShiftedOrMirroredCopyOnBlack()
    {
        using var scope = torch.NewDisposeScope();
        const int count = 40, height = 4, width = 5;
        var values = Enumerable.Range(1, count * 2 * height * width).Select(i => (float)i).ToArray();
        using var augmenter = new Augmenter(new Augmentation(1, true), 7, [2, height, width], [-0.5f, -0.25f], torch.CPU);
        int[] slots = [.. Enumerable.Range(100, count)];
        var result = augmenter.Apply(torch.tensor(values).reshape(count, 2, height, width), 3, 1, slots);
        Assert.Equal([count, 2, height, width], result.shape);
        var output = result.data<float>();
        var seen = new HashSet<(int, int, bool)>();
        for (var n = 0; n < count; n++)
        {
            var found = 0;
            for (var dy = -1; dy <= 1; dy++)
            {
                for (var dx = -1; dx <= 1; dx++)
                {
                    foreach (var flip in new[] { false, true })
                    {
                        if (Matches(n, dy, dx, flip))
                        {
                            found++;
                            seen.Add((dy, dx, flip));
                        }
                    }
                }
            }
            Assert.Equal(1, found);
        }
        Assert.True(seen.Count > 9, "shifts and flips vary");

        bool Matches(int n, int dy, int dx, bool flip)
        {
            for (var c = 0; c < 2; c++)
            {
                for (var y = 0; y < height; y++)
                {
                    for (var x = 0; x < width; x++)
                    {
                        var (sy, sx) = (y + dy, (flip ? width - 1 - x : x) + dx);
                        var expected = sy is >= 0 and < height && sx is >= 0 and < width
                            ? values[((n * 2 + c) * height + sy) * width + sx]
                            : c == 0 ? -0.5f : -0.25f;
                        if (output[((n * 2 + c) * height + y) * width + x] != expected)
                        {
                            return false;
                        }
                    }
                }
            }
            return true;
        }
    }

    [Fact]
    public void DependsOnTheSlotAndNotOnTheRestOfTheBatch()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new Generator(1);
        using var augmenter = new Augmenter(new Augmentation(2, true), 1, [1, 6, 6], [0f], torch.CPU);
        var batch = torch.rand([3, 1, 6, 6], generator: generator);
        var all = augmenter.Apply(batch, 1, 0, [5, 6, 7]);
        var last = augmenter.Apply(batch.narrow(0, 2, 1), 1, 0, [7]);
        Assert.True(all.narrow(0, 2, 1).equal(last));
    }

    [Fact]
    public void NeedsImages() =>
        Assert.Throws<UsageException>(() => new Augmenter(new Augmentation(1, false), 1, [20], [0f], torch.CPU));
}
