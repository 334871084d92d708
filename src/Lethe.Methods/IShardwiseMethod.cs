using Lethe.Core.Plans;
using Lethe.Core.Requests;
using Lethe.Training.Runs;

namespace Lethe.Methods;

/// <summary>A method that retrains shards which know nothing of each other, so that several processes can share the work; the bits are the same.</summary>
public interface IShardwiseMethod : IUnlearningMethod
{
    /// <summary>The slices, by their blocks, that the plan retrains and no attempt has finished yet, ascending.</summary>
    /// <param name="plan">A plan of this method.</param>
    /// <param name="request">Its request.</param>
    /// <param name="run">The run.</param>
    IReadOnlyList<int> Unfinished(UnlearningPlan plan, ForgetRequest request, Run run);

    /// <summary>Retrains one shard for a process that writes the run.</summary>
    /// <param name="plan">A plan of this method.</param>
    /// <param name="request">Its request.</param>
    /// <param name="context">The run, open for reading, and its data.</param>
    /// <param name="shard">One with slices in <see cref="Unfinished"/>.</param>
    /// <param name="onSlice">Told one line of JSON after every slice, whose checkpoint is durable then.</param>
    /// <param name="cancellation">Stops after the current step.</param>
    /// <exception cref="Core.Errors.LetheException">Training diverged.</exception>
    void RetrainShard(UnlearningPlan plan, ForgetRequest request, UnlearningContext context, int shard, Action<string> onSlice, CancellationToken cancellation);

    /// <summary>Keeps what <see cref="RetrainShard"/> told in another process, so that <see cref="IUnlearningMethod.Execute"/> finds it done.</summary>
    /// <param name="plan">A plan of this method.</param>
    /// <param name="request">Its request.</param>
    /// <param name="run">The run, open for writing.</param>
    /// <param name="slice">The line of JSON.</param>
    void Keep(UnlearningPlan plan, ForgetRequest request, Run run, string slice);
}
