using Lethe.Core.Records;
using Lethe.Training.Models;
using Lethe.Training.Training;

namespace Lethe.Training.Runs;

/// <summary>The served model of a SISA run: the newest model of every shard.</summary>
public static class ShardEnsemble
{
    /// <summary>Joins the checkpoints after each shard's last slice.</summary>
    /// <param name="run">A run of scheme sisa.</param>
    /// <param name="checkpoints">Digests of checkpoints 0 … S·R; those of the last slices must be in the store.</param>
    /// <returns>Safetensors bytes of the ensemble's state.</returns>
    /// <exception cref="Core.Errors.StoreDamagedException">A checkpoint is missing or damaged.</exception>
    public static byte[] Join(Run run, IReadOnlyList<Digest?> checkpoints)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(checkpoints);
        using var ensemble = (EnsembleModel)run.CreateModel();
        for (var shard = 1; shard <= run.Recipe.Shards; shard++)
        {
            using var member = run.Load(checkpoints[run.Recipe.Layout.LastBlock(shard)]!.Value);
            member.CopyTo(ensemble.Members[shard - 1]);
        }
        using var state = StateDict.FromModule(ensemble);
        return state.ToSafetensors();
    }
}
