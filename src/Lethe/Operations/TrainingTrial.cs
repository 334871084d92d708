using Lethe.Core.Errors;
using Lethe.Core.Partitions;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Tries what a run is to be made of, so that nothing is written where it cannot be trained.</summary>
internal static class TrainingTrial
{
    /// <exception cref="UsageException">The device is missing, or the model or the augmentation does not fit the data.</exception>
    /// <exception cref="BadDataException">The test records have another shape than the training records.</exception>
    public static void Require(Recipe recipe, TensorDataset data, TensorDataset? test, Partition partition)
    {
        EngineProfile.RequireDevice(recipe.Device, "Train");
        RequireSameShape(data, test);
        RequireForward(recipe, data);
        new BlockTrainer(recipe, data, partition).Dispose();
    }

    /// <exception cref="BadDataException">The test records have another shape than the training records.</exception>
    public static void RequireSameShape(TensorDataset data, TensorDataset? test)
    {
        if (test is not null && !test.Manifest.SampleShape.SequenceEqual(data.Manifest.SampleShape))
            throw new BadDataException($"The test records have shape ({Shape(test)}), the training records ({Shape(data)}). Name a test source of the same kind with --test.");
    }

    private static void RequireForward(Recipe recipe, TensorDataset data)
    {
        using var generator = new Generator(recipe.Seed);
        using var model = ModelCatalog.Create(recipe.ModelFor(data.Manifest), generator);
        model.eval();
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        try
        {
            _ = model.forward(recipe.Normalization!.Apply(data.Samples.narrow(0, 0, 1)));
        }
        catch (TorchException error)
        {
            throw new UsageException($"Model '{recipe.Model}' cannot take samples of shape ({Shape(data)}): {error.Message.Split('\n')[0]}. Choose another model.", error);
        }
    }

    private static string Shape(TensorDataset data) => string.Join(", ", data.Manifest.SampleShape);
}
