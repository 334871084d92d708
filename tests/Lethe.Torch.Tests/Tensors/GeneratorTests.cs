namespace Lethe.Torch.Tests.Tensors;

public sealed class GeneratorTests
{
    private static float[] Draw(Generator generator)
    {
        using var tensor = torch.randn([16], generator);
        return tensor.data<float>();
    }

    [Fact]
    public void One_seed_gives_one_stream()
    {
        using var first = new Generator(7);
        using var second = new Generator(7);
        using var other = new Generator(8);
        var drawn = Draw(first);
        Assert.Equal(drawn, Draw(second));
        Assert.NotEqual(drawn, Draw(other));
        Assert.NotEqual(drawn, Draw(first));
    }

    [Fact]
    public void Streams_do_not_disturb_each_other()
    {
        using var alone = new Generator(7);
        float[] expected = [.. Draw(alone), .. Draw(alone)];
        using var first = new Generator(7);
        using var second = new Generator(9);
        var begin = Draw(first);
        Draw(second);
        Assert.Equal(expected, begin.Concat(Draw(first)));
    }

    [Fact]
    public void Streams_on_other_threads_are_the_same()
    {
        using var here = new Generator(3);
        var expected = Draw(here);
        var drawn = new float[4][];
        var threads = Enumerable.Range(0, 4).Select(i => new Thread(() =>
        {
            using var generator = new Generator(3);
            drawn[i] = Draw(generator);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.All(drawn, values => Assert.Equal(expected, values));
    }

    [Fact]
    public void A_state_brings_the_stream_back()
    {
        using var generator = new Generator(5);
        Draw(generator);
        var state = generator.get_state();
        var expected = Draw(generator);
        using var resumed = new Generator(0);
        resumed.set_state(state);
        Assert.Equal(expected, Draw(resumed));
        Assert.Throws<TorchException>(() => resumed.set_state(new byte[3]));
    }

    [Fact]
    public void Distributions_are_what_they_say()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new Generator(11);
        var uniform = torch.zeros([20000]).uniform_(-1, 3, generator);
        Assert.InRange(uniform.mean().ToDouble(), 0.95, 1.05);
        Assert.InRange(uniform.min().ToDouble(), -1, -0.99);
        var normal = torch.zeros([20000]).normal_(2, 0.5, generator);
        Assert.InRange(normal.mean().ToDouble(), 1.98, 2.02);
        Assert.InRange(normal.std().ToDouble(), 0.49, 0.51);
        Assert.InRange(torch.zeros([20000]).bernoulli_(0.3, generator).mean().ToDouble(), 0.28, 0.32);
        var numbers = torch.randint(2, 5, [1000], generator);
        Assert.Equal((2, 4), (numbers.min().ToInt64(), numbers.max().ToInt64()));
        var order = torch.randperm(100, generator);
        Assert.True(order.sort().values.equal(torch.arange(100)));
        var (least, most) = (torch.rand([1000], generator).min().ToDouble(), torch.rand([1000], generator).max().ToDouble());
        Assert.True(least >= 0 && most < 1);
    }

    [Fact]
    public void Dropout_keeps_the_mean_and_follows_its_generator()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new Generator(1);
        using var again = new Generator(1);
        var input = torch.ones([10000]);
        var output = torch.nn.functional.dropout(input, 0.25, training: true, generator);
        Assert.True(output.equal(torch.nn.functional.dropout(input, 0.25, training: true, again)));
        Assert.InRange(output.mean().ToDouble(), 0.97, 1.03);
        Assert.InRange(output.eq(0).to(torch.float32).mean().ToDouble(), 0.23, 0.27);
        Assert.Equal(4f / 3, output.max().ToSingle(), 1e-6f);
        Assert.True(input.equal(torch.nn.functional.dropout(input, 0.25, training: false, generator)));
        Assert.Equal(0, torch.nn.functional.dropout(input, 1, training: true, generator).sum().ToDouble());
        Assert.Throws<TorchException>(() => torch.nn.functional.dropout(input, 1.5, training: true, generator));
    }
}
