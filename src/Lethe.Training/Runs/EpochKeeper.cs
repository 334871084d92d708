using Lethe.Core.Errors;
using Lethe.Torch;
using Lethe.Training.Training;

namespace Lethe.Training.Runs;

/// <summary>Keeps the newest epoch of a run's only block in the run, model and optimizer, at most once in an interval.</summary>
internal sealed class EpochKeeper(Run run, TrainingOptions options, TimeSpan interval) : IEpochKeeper
{
    private long keptAt = options.Time.GetTimestamp();

    public EpochsDone Restore(torch.nn.Module module, torch.optim.Optimizer optimizer)
    {
        if (run.Index.Unfinished is not { } kept)
        {
            return EpochsDone.None;
        }
        try
        {
            using var model = run.Load(kept.Model);
            using var state = run.Load(kept.Optimizer);
            model.CopyTo(module);
            optimizer.load_state_dict(state.Tensors);
        }
        catch (StoreDamagedException)
        {
            Replace(null);
            return EpochsDone.None;
        }
        return new EpochsDone(kept.Epochs, kept.Samples, kept.Seconds, kept.MeanLoss);
    }

    public void Keep(EpochsDone done, torch.nn.Module module, torch.optim.Optimizer optimizer)
    {
        TrainingSession.RequireFinite(run, done.MeanLoss, done.Samples, $"epoch {done.Epochs}");
        if (done.Epochs == run.Recipe.EpochsPerBlock || options.Time.GetElapsedTime(keptAt) < interval)
        {
            return;
        }
        using var scope = torch.NewDisposeScope();
        using var model = StateDict.FromModule(module);
        using var state = StateDict.FromTensors(optimizer.state_dict());
        Replace(new UnfinishedBlock(done.Epochs, run.Put(model), run.Put(state), done.Samples, done.Seconds, done.MeanLoss));
        keptAt = options.Time.GetTimestamp();
    }

    // The old objects go only after the index that names the new ones is durable.
    private void Replace(UnfinishedBlock? next)
    {
        var old = run.Index.Unfinished;
        run.Record(run.Index with { Unfinished = next }, durable: true);
        var needed = run.Index.References();
        foreach (var digest in old is null ? [] : new[] { old.Model, old.Optimizer }.Where(digest => !needed.Contains(digest)))
        {
            run.Store.Delete(digest);
        }
    }
}
