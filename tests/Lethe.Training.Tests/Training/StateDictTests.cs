using Lethe.Core.Errors;
using Lethe.Torch;
using Lethe.Training.Models;
using Lethe.Training.Training;

namespace Lethe.Training.Tests.Training;

public sealed class StateDictTests
{
    private static torch.nn.Module<Tensor, Tensor> Model(string name, ulong seed)
    {
        using var generator = new Generator(seed);
        return ModelCatalog.Create(new ModelSpec(name, [1, 12, 12], 3), generator);
    }

    [Theory]
    [InlineData("lenet5")]
    [InlineData("allcnn")]
    public void RoundTripsThroughSafetensors(string name)
    {
        using var model = Model(name, 1);
        using var state = StateDict.FromModule(model);
        var bytes = state.ToSafetensors();
        using var read = StateDict.FromSafetensors(bytes);
        Assert.Equal(bytes, read.ToSafetensors());
        Assert.Equal(state.ParameterNames, read.ParameterNames);
        Assert.Equal(state.BufferNames, read.BufferNames);
        using var other = Model(name, 2);
        read.CopyTo(other);
        using var copied = StateDict.FromModule(other);
        Assert.Equal(bytes, copied.ToSafetensors());
    }

    [Fact]
    public void TellsBuffersFromParameters()
    {
        using var model = Model("allcnn", 1);
        using var state = StateDict.FromModule(model);
        Assert.Equal(model.named_parameters().Select(p => p.name).Order(StringComparer.Ordinal), state.ParameterNames);
        Assert.Equal(model.named_buffers().Select(b => b.name).Order(StringComparer.Ordinal), state.BufferNames);
        Assert.Equal(model.parameters().Sum(p => p.numel()), state.ParameterCount);
    }

    [Fact]
    public void FlatParametersFollowTheNames()
    {
        using var model = Model("lenet5", 1);
        using var state = StateDict.FromModule(model);
        using var flat = state.FlatParameters();
        Assert.Equal(state.ParameterCount, flat.numel());
        Assert.Equal(state.ParameterNames.SelectMany(state.Values), flat.data<float>());
    }

    [Fact]
    public void AddingADifferenceOfEqualStatesChangesNoBit()
    {
        using var model = Model("lenet5", 1);
        using var state = StateDict.FromModule(model);
        using var otherModel = Model("lenet5", 2);
        using var other = StateDict.FromModule(otherModel);
        using var changed = state.Clone();
        changed.AddDifference(other, other);
        Assert.Equal(state.ToSafetensors(), changed.ToSafetensors());
        changed.AddDifference(other, state);
        Assert.Equal(0, UpdateDistance.L1(changed, state, other, state), 2);
        Assert.NotEqual(state.ToSafetensors(), changed.ToSafetensors());
    }

    [Fact]
    public void AddingAFlatVectorMovesEveryParameter()
    {
        using var model = Model("lenet5", 1);
        using var state = StateDict.FromModule(model);
        using var moved = state.Clone();
        using var delta = torch.ones([state.ParameterCount]);
        moved.Add(delta);
        Assert.Equal(state.ParameterCount, UpdateDistance.L1(moved, state, state, state), 1);
    }

    [Fact]
    public void RefusesAnotherArchitecture()
    {
        using var lenet = Model("lenet5", 1);
        using var state = StateDict.FromModule(lenet);
        using var mlp = Model("mlp", 1);
        Assert.Throws<BadDataException>(() => state.CopyTo(mlp));
    }

    [Fact]
    public void IsIndependentOfTheModuleAndOfScopes()
    {
        var before = LiveTensors.Settled();
        using (var model = Model("lenet5", 1))
        {
            StateDict state;
            using (torch.NewDisposeScope())
            {
                state = StateDict.FromModule(model);
                using var noGrad = torch.no_grad();
                model.parameters().First().fill_(0);
            }
            Assert.Contains(state.Values("conv1.weight"), value => value != 0);
            state.Dispose();
        }
        Assert.Equal(before, Tensor.TotalCount);
    }
}
