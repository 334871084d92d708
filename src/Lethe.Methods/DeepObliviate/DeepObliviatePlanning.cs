using Lethe.Core.Plans;
using Lethe.Methods.Execution;
using Lethe.Methods.Parameters;

namespace Lethe.Methods.DeepObliviate;

/// <summary>
/// The steps of a DeepObliviate plan. How long the tail gets is only known when the residual memory is measured: the estimate takes the
/// earliest stop, and a step names the latest.
/// </summary>
internal sealed class DeepObliviatePlanning(PlanDraft draft, DeepObliviateOptions options)
{
    private readonly ForgetScope _scope = draft.Scope;
    private readonly List<PlanStep> _steps = [];
    private long _samples;
    private int _retrained, _written;

    public UnlearningPlan Plan()
    {
        _steps.Add(new PlanStep($"start from checkpoint {_scope.FirstBlock - 1}, which never saw the records", null, 0));
        var block = _scope.FirstBlock;
        while (true)
        {
            var segmentEnd = options.Jump ? block : _scope.LastBlock;
            var next = options.Jump ? _scope.NextAfter(segmentEnd) : null;
            var stop = Math.Min(segmentEnd + options.Stop.EarliestStop - 1, (next ?? _scope.BlockCount + 1) - 1);
            Retrain(block, stop);
            if (next is null)
            {
                Tail(stop);
                break;
            }
            if (stop + 1 < next)
                _steps.Add(new PlanStep($"test; at the earliest stitch blocks {stop + 1} to {next - 1} and go on at block {next}", stop, 0));
            block = next.Value;
        }
        _written += _scope.BlockCount - _scope.FirstBlock + 1;
        return draft.Serve(_steps, draft.Pricing.Estimate(_samples, _written, 0), draft.Run.Index.Checkpoints.Count - 1 == _retrained && _scope.FirstBlock == 1
            ? Guarantee.Exact
            : Guarantee.Approximate);
    }

    private void Retrain(int from, int through)
    {
        for (var block = from; block <= through; block++)
        {
            var samples = _scope.SamplesOf(block);
            var records = _scope.RecordsIn(block);
            _steps.Add(new PlanStep(records > 0 ? $"retrain without {records} records" : "retrain", block, samples));
            _samples += samples;
            _retrained++;
        }
    }

    private void Tail(int stop)
    {
        if (stop == _scope.BlockCount) return;
        var more = _scope.SamplesOf(stop + 1, _scope.BlockCount);
        _steps.Add(new PlanStep($"test ({options.Stop.Mode.ToString().ToLowerInvariant()}) after each block from here on", stop, 0));
        _steps.Add(new PlanStep(
            $"stitch the remaining blocks when it holds; at the latest everything is retrained, {more} samples more", null, 0));
        MeasureStatistics();
    }

    /// <summary>The statistics of a stitched model with batch normalisation are measured anew, which gives one model more.</summary>
    private void MeasureStatistics()
    {
        using var module = draft.Run.CreateMember();
        if (!BatchNormReestimation.IsNeeded(module)) return;
        var records = BatchNormReestimation.RecordsRead(draft.Run, _scope.Deleted);
        _steps.Add(new PlanStep($"measure batch-norm statistics anew on {records} retained records", null, records));
        _samples += records;
        _written++;
    }
}
