using Lethe.Torch.Tests.Tensors;
using static Lethe.Torch.torch;

namespace Lethe.Torch.Tests.Nn;

[Collection(nameof(NativeCounts))]
public sealed class ModuleTests : IDisposable
{
    private readonly Generator _generator = new(1);

    private sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> _norm;
        private readonly Tensor scale;
        private readonly Tensor offset = zeros([2]);
        private readonly Tensor? absent;

        public Block(Generator generator, Tensor? absent = null)
            : base(nameof(Block))
        {
            this.absent = absent;
            _norm = nn.BatchNorm1d(2);
            scale = nn.Parameter(ones([2]));
            Tail = nn.Sequential(("fc", nn.Linear(2, 3, generator)), ("act", nn.ReLU()));
            RegisterComponents();
        }

        public nn.Module<Tensor, Tensor> Tail { get; }

        public override Tensor forward(Tensor input) => Tail.call(_norm.call(input) * scale + (absent ?? offset));
    }

    [Fact]
    public void FieldsAreRegisteredUnderTheirNamesInPyTorchsOrder()
    {
        using var block = new Block(_generator);
        Assert.Equal(["scale", "norm.weight", "norm.bias", "Tail.fc.weight", "Tail.fc.bias"], block.named_parameters().Select(p => p.name));
        Assert.Equal(
            ["offset", "norm.running_mean", "norm.running_var", "norm.num_batches_tracked"], block.named_buffers().Select(b => b.name));
        Assert.Equal(
            ["scale", "offset", "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var", "norm.num_batches_tracked",
                "Tail.fc.weight", "Tail.fc.bias"],
            block.state_dict().Keys);
        Assert.Equal(["", "norm", "Tail", "Tail.fc", "Tail.act"], block.named_modules().Select(m => m.name));
        Assert.Equal(["scale"], block.named_parameters(recurse: false).Select(p => p.name));
    }

    [Fact]
    public void PositionalLinksAreNumbered()
    {
        using var chain = nn.Sequential(nn.Linear(2, 2, _generator), nn.ReLU(), nn.Linear(2, 1, false, _generator));
        Assert.Equal(["0.weight", "0.bias", "2.weight"], chain.state_dict().Keys);
    }

    [Fact]
    public void SharedParametersAreListedOnceButStoredUnderEachName()
    {
        var shared = nn.Linear(2, 2, _generator);
        using var chain = nn.Sequential(("a", shared), ("b", shared));
        Assert.Equal(["a.weight", "a.bias"], chain.named_parameters().Select(p => p.name));
        Assert.Equal(["a.weight", "a.bias", "b.weight", "b.bias"], chain.state_dict().Keys);
    }

    [Fact]
    public void TrainAndEvalReachEveryModule()
    {
        using var block = new Block(_generator);
        Assert.True(block.training);
        block.eval();
        Assert.All(block.named_modules(), entry => Assert.False(entry.module.training));
        block.train();
        Assert.All(block.named_modules(), entry => Assert.True(entry.module.training));
    }

    [Fact]
    public void LoadedStateIsCopiedAndConverted()
    {
        using var scope = NewDisposeScope();
        using Block source = new(_generator), target = new(_generator);
        var state = source.state_dict().ToDictionary(e => e.Key, e => e.Value.dtype == int64 ? e.Value.clone() : e.Value.detach().to(float64));
        target.load_state_dict(state);
        foreach (var (name, value) in target.state_dict())
        {
            Assert.True(value.equal(source.state_dict()[name]), name);
            Assert.False(value.is_same(source.state_dict()[name]));
        }
    }

    [Fact]
    public void LoadingRefusesWhatDoesNotFitAndChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var linear = nn.Linear(2, 3, _generator);
        var before = linear.weight.clone();
        var state = new Dictionary<string, Tensor> { ["weight"] = zeros([3, 2]), ["other"] = zeros([1]) };
        var error = Assert.Throws<ArgumentException>(() => linear.load_state_dict(state));
        Assert.Contains("missing [bias], unexpected [other]", error.Message, StringComparison.Ordinal);
        state["bias"] = zeros([4]);
        error = Assert.Throws<ArgumentException>(() => linear.load_state_dict(state, strict: false));
        Assert.Contains("'bias' of Linear has shape (3) but the value has (4)", error.Message, StringComparison.Ordinal);
        Assert.True(before.equal(linear.weight));

        state.Remove("bias");
        var (missing, unexpected) = linear.load_state_dict(state, strict: false);
        Assert.Equal(["bias"], missing);
        Assert.Equal(["other"], unexpected);
        Assert.Equal(0, linear.weight.abs().sum().ToDouble());
    }

    [Fact]
    public void NamesMustBeUsableAndFree()
    {
        using var block = new Block(_generator);
        Assert.Throws<ArgumentException>(() => block.register_module("a.b", nn.ReLU()));
        Assert.Throws<ArgumentException>(() => block.register_module("norm", nn.ReLU()));
        Assert.Throws<ArgumentException>(() => block.register_module("", nn.ReLU()));
    }

    [Fact]
    public void ConversionKeepsTheTensorObjectsAndTheirGradients()
    {
        using var scope = NewDisposeScope();
        using var block = new Block(_generator);
        var parameters = block.parameters().ToArray();
        block.call(rand([4, 2], generator: _generator)).sum().backward();
        block.to(float64);
        Assert.Equal(parameters, block.parameters());
        Assert.All(parameters, p => Assert.Equal(float64, p.dtype));
        Assert.All(parameters, p => Assert.True(p.requires_grad && p.is_leaf));
        Assert.All(parameters, p => Assert.Equal(float64, p.grad!.dtype));
        Assert.Equal(int64, block.state_dict()["norm.num_batches_tracked"].dtype);
        block.zero_grad();
        block.call(rand([4, 2], generator: _generator, dtype: float64)).sum().backward();
        Assert.All(parameters, p => Assert.Equal(float64, p.grad!.dtype));
        Assert.Throws<ArgumentException>(() => block.to(int64));
    }

    [Fact]
    public void DisposingFreesEverything()
    {
        var before = Tensor.TotalCount;
        using (new Block(_generator))
            Assert.Equal(before + 9, Tensor.TotalCount);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void ParametersOutliveTheScopeTheyWereMadeIn()
    {
        nn.Module<Tensor, Tensor> made;
        using (NewDisposeScope())
            made = new Block(_generator);
        using (made)
            Assert.All(made.state_dict().Values, tensor => Assert.False(tensor.IsDisposed));
    }

    [Fact]
    public void ChainsFreeTheHandlesBetweenTheirLinks()
    {
        using var chain = nn.Sequential(nn.Identity(), nn.Linear(2, 2, _generator), nn.ReLU(), nn.Linear(2, 1, _generator), nn.Identity());
        using var input = rand([3, 2], generator: _generator);
        var before = Tensor.TotalCount;
        using var output = chain.call(input);
        Assert.Equal(before + 1, Tensor.TotalCount);

        using var scope = NewDisposeScope();
        output.sum().backward();
        Assert.False(input.IsDisposed);
        Assert.All(chain.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void TrainingStepsLeaveNoTensorBehind()
    {
        using var network = new LeNet5(_generator);
        using var optimizer = optim.SGD(network.named_parameters(), 0.01, momentum: 0.9);
        using var images = rand([4, 1, 28, 28], generator: _generator);
        using var labels = tensor(new long[] { 1, 2, 3, 4 });
        var before = Tensor.TotalCount;
        for (var step = 0; step < 3; step++)
        {
            using (NewDisposeScope())
            {
                optimizer.zero_grad();
                var loss = nn.functional.cross_entropy(network.call(images), labels);
                loss.backward();
                _ = network.parameters().First().grad;
                optimizer.step();
            }

            Assert.Equal(before, Tensor.TotalCount);
        }

        using var last = NewDisposeScope();
        network.zero_grad();
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
    }

    public void Dispose() => _generator.Dispose();
}
