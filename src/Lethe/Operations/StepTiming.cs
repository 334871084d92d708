using Lethe.Core.Plans;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Times a few training steps of a model that is thrown away afterwards.</summary>
internal sealed class StepTiming(Recipe recipe, TensorDataset data, TimeProvider time)
{
    private const int FirstRecords = 8, Steps = 3;
    private const double SecondsWanted = 3, SlowSeconds = 1, ShortestSeconds = 1e-9;

    /// <summary>Samples of the timed steps and the seconds they took. Batches are smaller than the recipe's where those would take long.</summary>
    /// <param name="copy">Its parameters and buffers change.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    public CostAccount Measure(torch.nn.Module<Tensor, Tensor> copy, CancellationToken cancellation)
    {
        using var samples = new TrainingSamples(recipe, data, recipe.Seed);
        samples.Place(copy);
        copy.train();
        using var optimizer = Optimizers.Create(recipe, copy, recipe.LearningRate);
        int few = Math.Min(FirstRecords, data.Count);
        double seconds = Timed(() => Step(few));
        int steps = seconds > SlowSeconds ? 1 : Steps;
        int records = Math.Clamp((int)(SecondsWanted / steps / Math.Max(seconds / few, ShortestSeconds)), few, Math.Max(few, Math.Min(recipe.BatchSize, data.Count)));
        if (records > few)
            Step(records);
        seconds = Timed(() =>
        {
            for (int step = 0; step < steps; step++)
                Step(records);
        });
        return new CostAccount((long)steps * records, seconds, 0, 0);

        void Step(int count)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            var (input, target) = samples.Read([.. Enumerable.Range(0, count)]);
            using var masks = new DropoutMasks(recipe.Seed, count, [.. Enumerable.Range(0, count)], input.device);
            if (copy is ScriptModule script)
                script.SeedOfNextPass = recipe.Seed;
            var drops = copy as IUsesDropout;
            drops?.SetDropoutMasks(masks);
            optimizer.zero_grad();
            var loss = torch.nn.functional.cross_entropy(samples.Logits(copy, input), target);
            loss.backward();
            optimizer.step();
            drops?.SetDropoutMasks(null);
            // Reading a result waits for devices that compute on their own.
            _ = copy.parameters().First().sum().ToDouble();
        }
    }

    private double Timed(Action work)
    {
        long started = time.GetTimestamp();
        work();
        return time.GetElapsedTime(started).TotalSeconds;
    }
}
