using Lethe.Core.Errors;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Runs;
using Lethe.Training.Tests.Training;
using Lethe.Training.Training;

namespace Lethe.Training.Tests.Runs;

public sealed class InitialWeightsTests : IDisposable
{
    private static readonly TrainingOptions Quick = new() { FloorBlocks = 0 };

    private readonly TemporaryDirectory directory = new();
    private readonly TensorDataset data = TinyData.Images(40);

    public void Dispose()
    {
        data.Dispose();
        directory.Dispose();
    }

    [Fact]
    public void AreWhatEveryTrainingStartsFromSaveTheLayersLeftOut()
    {
        using var weights = Pretrained();
        using var run = Create(weights);
        using var own = State(run.CreateModel());
        using var other = State(run.CreateInitialModel(99));
        using var another = State(run.CreateInitialModel(100));
        Assert.Equal(weights.Values.Values("fc1.weight"), own.Values("fc1.weight"));
        Assert.Equal(weights.Values.Values("fc1.weight"), other.Values("fc1.weight"));
        Assert.NotEqual(own.Values("fc2.weight"), other.Values("fc2.weight"));
        Assert.NotEqual(another.Values("fc2.weight"), other.Values("fc2.weight"));
        using var plain = Run.Create(directory.Run + "-plain", TinyData.Config(data, TinyData.Recipe(data, "mlp")));
        using var random = State(plain.CreateModel());
        Assert.Equal(random.Values("fc2.weight"), own.Values("fc2.weight"));
        Assert.NotEqual(plain.Recipe.Digest, run.Recipe.Digest);
    }

    [Fact]
    public void StayInTheRunThatIsStoppedAndGoesOn()
    {
        using (var weights = Pretrained())
        {
            Create(weights).Dispose();
        }
        using var run = Run.Open(directory.Run, writable: true);
        Assert.Equal(run.Recipe.InitialWeights!.Digest, run.Index.InitialWeights);
        Assert.Equal(["fc2"], run.Recipe.InitialWeights.Except);
        TrainingSession.Train(run, data, null, TestContext.Current.CancellationToken, Quick);
        using var first = run.LoadCheckpoint(0);
        using var initial = run.Load(run.Index.InitialWeights!.Value);
        Assert.Equal(initial.Values("fc1.weight"), first.Values("fc1.weight"));
        run.Commit(run.Index);
        Assert.True(run.Store.Contains(run.Index.InitialWeights.Value));
        run.Store.Delete(run.Index.InitialWeights.Value);
        Assert.Throws<StoreDamagedException>(run.CreateModel);
    }

    [Fact]
    public void MustBeThoseOfTheRecipe()
    {
        using var weights = Pretrained();
        var config = TinyData.Config(data, TinyData.Recipe(data, "mlp")) with { InitialWeights = weights };
        Assert.Throws<ArgumentException>(() => Run.Create(directory.Run, config));
    }

    private PretrainedWeights Pretrained()
    {
        var spec = TinyData.Recipe(data, "mlp").ModelFor(data.Manifest);
        using var generator = new Generator(77);
        using var model = ModelCatalog.Create(spec, generator);
        using var state = StateDict.FromModule(model);
        var path = Path.Combine(directory.Path, "weights.safetensors");
        File.WriteAllBytes(path, state.ToSafetensors());
        return PretrainedWeights.Read(path, spec, ["fc2"]);
    }

    private Run Create(PretrainedWeights weights)
    {
        var recipe = TinyData.Recipe(data, "mlp") with { InitialWeights = weights.Description };
        return Run.Create(directory.Run, TinyData.Config(data, recipe) with { InitialWeights = weights });
    }

    private static StateDict State(torch.nn.Module<Tensor, Tensor> model)
    {
        using (model)
        {
            return StateDict.FromModule(model);
        }
    }
}
