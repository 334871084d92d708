using System.Security.Cryptography;
using System.Text;
using Lethe.Core.Evidence;
using Lethe.Core.Records;

namespace Lethe.Core.Tests.Evidence;

public sealed class SpotCheckTests
{
    private static readonly Digest Identity = Digest.OfText("steps");

    [Fact]
    public void The_steps_with_the_least_codes_are_chosen()
    {
        int[] numbers = [.. Enumerable.Range(1, 20)];
        var codes = numbers.ToDictionary(
            number => number, number => Convert.ToHexString(HMACSHA256.HashData("key"u8, Encoding.UTF8.GetBytes($"lethe-step-1 {Identity} {number}"))));
        var expected = numbers.OrderBy(number => codes[number], StringComparer.Ordinal).Take(5).Order();
        Assert.Equal(expected, SpotCheck.Choose("key", Identity, numbers, 0.25));
    }

    [Theory]
    [InlineData(100, 0.01, 1)]
    [InlineData(101, 0.01, 1)]
    [InlineData(150, 0.01, 2)]
    [InlineData(3, 0.01, 1)]
    [InlineData(7, 1, 7)]
    public void At_least_one_and_else_the_share_is_chosen(int count, double share, int chosen) =>
        Assert.Equal(chosen, SpotCheck.Choose("key", Identity, [.. Enumerable.Range(1, count)], share).Count);

    [Fact]
    public void Every_step_is_chosen_about_equally_often()
    {
        var counts = new int[11];
        for (var i = 0; i < 2000; i++)
            foreach (var number in SpotCheck.Choose($"key {i}", Identity, [.. Enumerable.Range(1, 10)], 0.2)) counts[number]++;
        Assert.All(counts[1..], count => Assert.InRange(count, 320, 480)); // 400 ± 4.5 σ
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SpotCheck.Choose("", Identity, [1], 0.5));
        foreach (var share in new[] { 0, -1, 1.01, double.NaN })
            Assert.Throws<ArgumentOutOfRangeException>(() => SpotCheck.Choose("key", Identity, [1], share));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpotCheck.Choose("key", Identity, [], 0.5));
    }
}
