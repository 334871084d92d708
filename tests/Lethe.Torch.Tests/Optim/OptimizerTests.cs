using Lethe.Torch.Optim;
using Lethe.Torch.Tests.Tensors;
using static Lethe.Torch.torch;

namespace Lethe.Torch.Tests.Optim;

[Collection(nameof(NativeCounts))]
public sealed class OptimizerTests : IDisposable
{
    private readonly Generator _generator = new(2);

    public static TheoryData<UpdateRule> Rules =>
    [
        new SgdRule(), new SgdRule(0.9), new SgdRule(0.9, 0.1, 0.01), new SgdRule(0.9, 0, 0.01, nesterov: true),
        new AdamRule(), new AdamRule(weightDecay: 0.1), new AdamRule(weightDecay: 0.1, decoupled: true),
    ];

    [Theory]
    [MemberData(nameof(Rules))]
    public void OnePassIsTheSequenceOfOperations(UpdateRule rule)
    {
        // Half-precision state takes the way of single operations; with whole numbers in range both ways must agree closely.
        using var scope = NewDisposeScope();
        var start = randn([40], generator: _generator).to(ScalarType.BFloat16);
        Tensor fast = start.to(float32), slow = start.clone();
        using var fastState = rule.Init([("p", fast)]);
        using var slowState = rule.Init([("p", slow)]);
        for (var step = 0; step < 3; step++)
        {
            var gradient = randn([40], generator: _generator).to(ScalarType.BFloat16);
            rule.Apply([fast], [gradient.to(float32)], fastState, 0.05);
            rule.Apply([slow], [gradient], slowState, 0.05);
        }

        Assert.True((fast - slow.to(float32)).abs().max().ToDouble() < 0.05);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void SavedStateGoesOnExactly(UpdateRule rule)
    {
        using var scope = NewDisposeScope();
        Tensor[] whole = [randn([3, 2], generator: _generator), randn([4], generator: _generator)];
        (string, Tensor)[] named = [("w", whole[0]), ("b", whole[1])];
        using var state = rule.Init(named);
        Tensor[] Gradients() => [randn([3, 2], generator: _generator), randn([4], generator: _generator)];
        rule.Apply(whole, Gradients(), state, 0.1);
        rule.Apply(whole, [null, Gradients()[1]], state, 0.1);

        Tensor[] resumed = [whole[0].clone(), whole[1].clone()];
        using var restored = rule.Init([("w", resumed[0]), ("b", resumed[1])]);
        restored.Load(state.ToDictionary());
        var last = Gradients();
        rule.Apply(whole, last, state, 0.1);
        rule.Apply(resumed, last, restored, 0.1);

        Assert.True(whole[0].equal(resumed[0]));
        Assert.True(whole[1].equal(resumed[1]));
    }

    [Fact]
    public void StateHasNamedEntriesOfParametersThatTookSteps()
    {
        using var scope = NewDisposeScope();
        using var linear = nn.Linear(2, 2, _generator);
        using var adam = optim.Adam(linear.named_parameters());
        Assert.Empty(adam.state_dict());
        linear.weight.grad = ones([2, 2]);
        adam.step();
        Assert.Equal(["weight.exp_avg", "weight.exp_avg_sq", "weight.step"], adam.state_dict().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(1, adam.state_dict()["weight.step"].item<long>());
        using var sgd = optim.SGD(linear.parameters(), 0.1, momentum: 0.9);
        sgd.step();
        Assert.Equal(["0.momentum_buffer"], sgd.state_dict().Keys);
    }

    [Fact]
    public void ForeignStateIsRefusedAndChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var linear = nn.Linear(2, 2, _generator);
        using var sgd = optim.SGD(linear.named_parameters(), 0.1, momentum: 0.9);
        var error = Assert.Throws<ArgumentException>(() => sgd.load_state_dict(new Dictionary<string, Tensor> { ["other.momentum_buffer"] = zeros([2]) }));
        Assert.Contains("other.momentum_buffer", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => sgd.load_state_dict(new Dictionary<string, Tensor> { ["bias.momentum_buffer"] = zeros([3]) }));
        using var adam = optim.Adam(linear.named_parameters());
        error = Assert.Throws<ArgumentException>(() => adam.load_state_dict(new Dictionary<string, Tensor> { ["bias.exp_avg"] = zeros([2]) }));
        Assert.Contains("missing", error.Message, StringComparison.Ordinal);
        Assert.Empty(sgd.state_dict());
        Assert.Empty(adam.state_dict());
    }

    [Fact]
    public void StepsInAnyLayoutOfMemoryAgree()
    {
        using var scope = NewDisposeScope();
        var rule = new SgdRule(0.9);
        var start = randn([4, 3, 5, 5], generator: _generator);
        Tensor plain = start.clone(), last = start.to(MemoryFormat.ChannelsLast, copy: true);
        using var plainState = rule.Init([("p", plain)]);
        using var lastState = rule.Init([("p", last)]);
        for (var step = 0; step < 3; step++)
        {
            var gradient = randn([4, 3, 5, 5], generator: _generator);
            rule.Apply([plain], [gradient.to(MemoryFormat.ChannelsLast)], plainState, 0.1);
            rule.Apply([last], [gradient], lastState, 0.1);
        }

        Assert.True(plain.equal(last));
    }

    [Fact]
    public void GradientsAreClearedOrZeroed()
    {
        using var scope = NewDisposeScope();
        var parameter = ones([2]).requires_grad_();
        using var sgd = optim.SGD([parameter], 0.1);
        parameter.sum().backward();
        sgd.zero_grad(set_to_none: false);
        Assert.Equal([0f, 0], parameter.grad!.data<float>());
        sgd.zero_grad();
        Assert.Null(parameter.grad);
        sgd.step();
        Assert.Equal([1f, 1], parameter.data<float>());
    }

    [Fact]
    public void WrongHyperparametersAreRefused()
    {
        using var parameter = ones([2]).requires_grad_();
        Assert.Throws<ArgumentException>(() => optim.SGD([parameter], 0.1, nesterov: true));
        Assert.Throws<ArgumentException>(() => optim.SGD([parameter], 0.1, momentum: 0.9, dampening: 0.1, nesterov: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => optim.SGD([parameter], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => optim.SGD([parameter], double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => optim.Adam([parameter], beta1: 1));
        Assert.Throws<ArgumentException>(() => optim.SGD(Array.Empty<Tensor>(), 0.1));
        Assert.Throws<ArgumentException>(() => optim.SGD([("p", parameter), ("p", parameter)], 0.1));
    }

    [Fact]
    public void GradientOfAnotherShapeIsRefused()
    {
        using var scope = NewDisposeScope();
        var parameter = ones([2]);
        var rule = new SgdRule();
        using var state = rule.Init([("p", parameter)]);
        Assert.Throws<TorchException>(() => rule.Apply([parameter], [ones([3])], state, 0.1));
        Assert.Throws<ArgumentException>(() => rule.Apply([parameter, parameter], null, state, 0.1));
        Assert.Throws<ArgumentException>(() => new AdamRule().Apply([parameter], null, state, 0.1));
    }

    [Fact]
    public void OptimizerFreesItsState()
    {
        using var parameter = ones([2]).requires_grad_();
        var before = Tensor.TotalCount;
        optim.Adam([parameter]).Dispose();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void SchedulerGoesOnFromAnEpoch()
    {
        using var parameter = ones([2]).requires_grad_();
        using var sgd = optim.SGD([parameter], 1);
        var scheduler = optim.lr_scheduler.StepLR(sgd, 2, 0.5);
        scheduler.last_epoch = 5;
        Assert.Equal(0.25, sgd.LearningRate);
        scheduler.step();
        Assert.Equal(0.125, sgd.LearningRate);
        Assert.Equal(0.125, Schedules.Step(1, 6, 2, 0.5));
    }

    public void Dispose() => _generator.Dispose();
}
