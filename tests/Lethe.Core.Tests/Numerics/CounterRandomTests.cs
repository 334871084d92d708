using FsCheck.Fluent;
using Lethe.Core.Numerics;

namespace Lethe.Core.Tests.Numerics;

public class CounterRandomTests
{
    [Fact]
    public void Same_seed_and_key_give_the_same_stream_and_any_difference_another()
    {
        ulong[] First(ulong seed, params ulong[] key)
        {
            var random = new CounterRandom(seed, key);
            return [random.NextUInt64(), random.NextUInt64()];
        }

        Assert.Equal(First(1, 2, 3), First(1, 2, 3));
        ulong[][] streams = [First(1), First(2), First(1, 0), First(1, 0, 0), First(1, 1), First(1, 2, 3), First(1, 3, 2), First(2, 2, 3)];
        Assert.Equal(streams.Length, streams.Select(s => (s[0], s[1])).Distinct().Count());
    }

    [Fact]
    public void DeriveSeed_depends_on_every_word()
    {
        Assert.Equal(7ul, CounterRandom.DeriveSeed(7));
        ulong[] seeds = [CounterRandom.DeriveSeed(7), CounterRandom.DeriveSeed(7, 0), CounterRandom.DeriveSeed(7, 1), CounterRandom.DeriveSeed(7, 0, 0), CounterRandom.DeriveSeed(7, 1ul << 40), CounterRandom.DeriveSeed(8, 0)];
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
    }

    [Fact]
    public void NextInt32_is_uniform_by_chi_square()
    {
        var random = new CounterRandom(3);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[random.NextInt32(7)]++;
        var chiSquare = counts.Sum(count => (count - 10_000.0) * (count - 10_000.0) / 10_000);
        Assert.True(chiSquare < 22.5, $"χ² = {chiSquare} exceeds the 99.9 % quantile of 6 degrees of freedom");
    }

    [Fact]
    public void NextInt32_rejects_what_would_be_biased()
    {
        // 3·2^30 divides 2^32 badly: without rejection the lowest third would come twice as often as the others.
        var random = new CounterRandom(5);
        var low = 0;
        for (var i = 0; i < 30_000; i++)
            low += random.NextInt32(1_610_612_736) < 536_870_912 ? 1 : 0;
        Assert.InRange(low, 9_600, 10_400);
    }

    [Fact]
    public void NextInt32_stays_in_range_and_refuses_an_empty_one()
    {
        Property.Holds(Gen.Choose(1, int.MaxValue), max => Assert.InRange(new CounterRandom((ulong)max).NextInt32(max), 0, max - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CounterRandom(1).NextInt32(0));
    }

    [Fact]
    public void NextDouble_and_NextNormal_have_their_moments()
    {
        var random = new CounterRandom(11);
        var uniform = Enumerable.Range(0, 20_000).Select(_ => random.NextDouble()).ToArray();
        Assert.All(uniform, u => Assert.True(u is >= 0 and < 1));
        Assert.Equal(0.5, Statistics.Mean(uniform), 0.01);
        Assert.Equal(1 / 12.0, Statistics.Variance(uniform), 0.003);

        var normal = Enumerable.Range(0, 20_000).Select(_ => random.NextNormal()).ToArray();
        Assert.Equal(0, Statistics.Mean(normal), 0.03);
        Assert.Equal(1, Statistics.Variance(normal), 0.05);
        Assert.Equal(3, normal.Average(z => z * z * z * z), 0.25);
    }

    [Fact]
    public void Shuffle_permutes_every_length()
    {
        Property.Holds(Gen.Choose(0, 300), length =>
        {
            var items = Enumerable.Range(0, length).ToArray();
            new CounterRandom(9, (ulong)length).Shuffle<int>(items);
            Assert.Equal(Enumerable.Range(0, length), items.Order());
        });
    }

    [Fact]
    public void Shuffle_reaches_all_orders_equally()
    {
        var random = new CounterRandom(13);
        var counts = new Dictionary<(int, int, int), int>();
        for (var i = 0; i < 12_000; i++)
        {
            int[] items = [0, 1, 2];
            random.Shuffle<int>(items);
            var order = (items[0], items[1], items[2]);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 1_830, 2_170));
    }
}
