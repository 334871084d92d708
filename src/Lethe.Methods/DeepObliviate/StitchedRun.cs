using System.Collections.Concurrent;
using Lethe.Core.Records;
using Lethe.Methods.Execution;
using Lethe.Methods.Parameters;

namespace Lethe.Methods.DeepObliviate;

/// <summary>
/// The stored run after forgetting: retrained checkpoints where there are any, the others of a stitch moved by its δ. Updates V_k of moved
/// blocks stay what they were (up to float rounding), so that the next request's Δ is well defined. Moved checkpoints keep their own
/// batch-norm buffers; only the served model's are measured anew.
/// </summary>
internal static class StitchedRun
{
    /// <summary>Writes the moved checkpoints and gives the digest of every checkpoint of the new run.</summary>
    public static Digest?[] Write(Forgetting forgetting, BlockReplay replay, IReadOnlyList<Digest?> stored, IReadOnlyList<string> parameters)
    {
        var next = stored.ToArray();
        foreach (var (block, digest) in forgetting.Retrained) next[block] = digest;
        foreach (var (stitch, displacement) in forgetting.Stitches)
        {
            if (displacement.Norm == 0) continue;
            var moved = new ConcurrentDictionary<int, Digest>();
            Parallel.For(stitch.Block + 1, stitch.Through + 1, block =>
                moved[block] = replay.Put(Moved(replay.Load(block), displacement, parameters)));
            foreach (var (block, digest) in moved) next[block] = digest;
        }
        return next;
    }

    private static byte[] Moved(byte[] checkpoint, Displacement displacement, IReadOnlyList<string> parameters)
    {
        var view = ParameterView.Of(checkpoint, parameters);
        displacement.AddTo(view);
        return view.Checkpoint;
    }
}
