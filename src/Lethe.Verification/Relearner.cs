using Lethe.Core.Numerics;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Training;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Verification;

/// <summary>Steps of Adam on the cross-entropy of given records, with the recipe's arithmetic.</summary>
internal sealed class Relearner : IDisposable
{
    private const ulong DropoutStream = 1;
    private readonly TrainingSamples samples;
    private readonly torch.nn.Module<Tensor, Tensor> module;
    private readonly torch.optim.Optimizer optimizer;
    private readonly IUsesDropout[] dropping;
    private readonly ulong seed;
    private ulong steps;

    public Relearner(torch.nn.Module<Tensor, Tensor> module, Recipe recipe, TensorDataset data, ulong seed)
    {
        (this.module, this.seed) = (module, seed);
        dropping = [.. (module is EnsembleModel ensemble ? ensemble.Members : [module]).OfType<IUsesDropout>().Where(model => model.DropoutProbability > 0)];
        samples = new TrainingSamples(recipe, data, seed);
        samples.Place(module);
        optimizer = torch.optim.Adam(module.parameters(), RelearnTime.LearningRate);
    }

    public void Step(int[] records)
    {
        using var scope = torch.NewDisposeScope();
        module.train();
        var (input, label) = samples.Read(records);
        var dropout = CounterRandom.DeriveSeed(seed, DropoutStream, steps++);
        using var masks = new DropoutMasks(dropout, records.Length, [.. Enumerable.Range(0, records.Length)], input.device);
        if (module is ScriptModule script) script.SeedOfNextPass = dropout;
        foreach (var drops in dropping) drops.SetDropoutMasks(masks);
        optimizer.zero_grad();
        F.cross_entropy(samples.Logits(module, input), label).backward();
        optimizer.step();
        foreach (var drops in dropping) drops.SetDropoutMasks(null);
    }

    public double Accuracy(int[] records, int testedAtOnce, CancellationToken cancellation)
    {
        module.eval();
        var hits = 0.0;
        foreach (var batch in records.Chunk(testedAtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            using var noGrad = torch.no_grad();
            using var scope = torch.NewDisposeScope();
            var (input, label) = samples.Read(batch);
            hits += samples.Logits(module, input).argmax(1).eq(label).sum().ToDouble();
        }
        return hits / records.Length;
    }

    public void Dispose()
    {
        optimizer.Dispose();
        samples.Dispose();
    }
}
