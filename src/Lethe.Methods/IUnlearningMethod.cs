using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Methods.Options;
using Lethe.Training.Runs;

namespace Lethe.Methods;

/// <summary>A way of making a run forget records.</summary>
public interface IUnlearningMethod
{
    /// <summary>Name, needs and promise.</summary>
    MethodDescriptor Descriptor { get; }

    /// <summary>Says what the request would take, without training. A request that cannot be served comes back with its refusal.</summary>
    /// <param name="request">What to forget.</param>
    /// <param name="run">The run; may be open for reading only.</param>
    /// <param name="data">Labels and subjects of the data that it was trained on.</param>
    /// <param name="options">What is set of <see cref="MethodDescriptor.Options"/>.</param>
    /// <exception cref="Core.Errors.UsageException">An option is not declared or out of range.</exception>
    UnlearningPlan Plan(ForgetRequest request, Run run, DatasetManifest data, MethodOptions options);

    /// <summary>
    /// Carries the plan out. The run stays as it was until the caller commits <see cref="UnlearningResult.NextIndex"/>; a cancelled or
    /// killed execution goes on where it was when it is called again with the same request and options.
    /// </summary>
    /// <exception cref="Core.Errors.UsageException">The plan is a refusal, or is for another state of the run.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the run is untouched.</exception>
    UnlearningResult Execute(UnlearningPlan plan, ForgetRequest request, UnlearningContext context, CancellationToken cancellation);
}
