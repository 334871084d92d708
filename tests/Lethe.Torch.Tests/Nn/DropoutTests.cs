using static Lethe.Torch.torch;

namespace Lethe.Torch.Tests.Nn;

public sealed class DropoutTests : IDisposable
{
    private readonly Generator _generator = new(7);

    [Fact]
    public void TrainingZeroesTheShareAndScalesTheRest()
    {
        using var scope = NewDisposeScope();
        using var dropout = nn.Dropout(0.25, _generator);
        var input = ones([20000]).requires_grad_();
        var output = dropout.call(input);
        var values = output.data<float>();
        Assert.All(values, value => Assert.True(value == 0 || Math.Abs(value - 4.0 / 3) < 1e-6));
        Assert.Equal(0.25, values.Count(value => value == 0) / 20000.0, 0.015);
        output.sum().backward();
        Assert.True(output.equal(input.grad!)); // the gradient passes where the value did
    }

    [Fact]
    public void MasksFollowTheGenerator()
    {
        using var scope = NewDisposeScope();
        using var dropout = nn.Dropout(0.5, _generator);
        var input = ones([100]);
        var state = _generator.get_state();
        var first = dropout.call(input);
        Assert.False(first.equal(dropout.call(input)));
        _generator.set_state(state);
        Assert.True(first.equal(dropout.call(input)));
    }

    [Fact]
    public void EvaluationReturnsTheInput()
    {
        using var dropout = nn.Dropout(0.5, _generator);
        dropout.eval();
        using var input = ones([10]);
        using var output = dropout.call(input);
        Assert.True(output.equal(input));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void ShareMustBeAProbability(double p) => Assert.Throws<ArgumentOutOfRangeException>(() => nn.Dropout(p, _generator));

    [Fact]
    public void EverythingCanBeDropped()
    {
        using var scope = NewDisposeScope();
        using var dropout = nn.Dropout(1, _generator);
        Assert.Equal(0, dropout.call(ones([10])).sum().ToDouble());
    }

    public void Dispose() => _generator.Dispose();
}
