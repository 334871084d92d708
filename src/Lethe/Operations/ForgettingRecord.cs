using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Methods;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>What <c>result.json</c> keeps of a served request.</summary>
internal sealed record ForgettingRecord
{
    /// <summary>The outcome as it will be when the result's index is committed to the run, which it is not yet.</summary>
    public static ForgettingRecord Of(ForgetRequest request, UnlearningPlan plan, UnlearningResult result, Run run) => new()
    {
        Request = request.Id,
        Method = plan.Method,
        Guarantee = result.Guarantee,
        Records = request.Records.Count,
        Decision = result.Trace?.Decision,
        Settings = MethodCatalog.SettingsOf(plan),
        Cost = result.Cost,
        Retraining = result.Retraining,
        Resuming = result.Resuming,
        Findings = result.Findings,
        Before = run.Index.Served!.Value,
        After = result.NextIndex.Served!.Value,
        Destroyed = DestroyedBy(run, result.NextIndex),
    };

    /// <summary>The stored objects that a commit of the next state destroys.</summary>
    public static IReadOnlyList<Digest> DestroyedBy(Run run, RunIndex next) => [.. run.Store.List().Except(next.References()).Except(run.Lasting).Order()];

    public required string Request { get; init; }

    public required string Method { get; init; }

    public required Guarantee Guarantee { get; init; }

    public required int Records { get; init; }

    public string? Decision { get; init; }

    /// <summary>The method's options that differ from their defaults, as on the command line.</summary>
    public string Settings { get; init; } = "";

    public required CostAccount Cost { get; init; }

    public required CostEstimate Retraining { get; init; }

    public required CostEstimate Resuming { get; init; }

    /// <summary>What the method itself tells.</summary>
    public MethodFindings Findings { get; init; } = MethodFindings.None;

    public required Digest Before { get; init; }

    public required Digest After { get; init; }

    /// <summary>The stored objects that the commit destroyed; none of them may ever be found in the run again.</summary>
    public required IReadOnlyList<Digest> Destroyed { get; init; }

    public int GoldModelsDestroyed { get; init; }

    /// <summary>Digests of those gold models; none of them may ever be found in the run again. Empty in records of versions without them.</summary>
    public IReadOnlyList<Digest> GoldsDestroyed { get; init; } = [];

    /// <summary>Measures of the model after; those of the model before stand in before.json.</summary>
    public ModelAggregates? Measured { get; init; }

    /// <summary>What the canaries of forgotten people say; empty where none of them had one.</summary>
    public IReadOnlyList<CanaryResult> Canaries { get; init; } = [];

    /// <summary>People with a canary whose last stamped records were forgotten and who could not be asked, because the run has no unseen records.</summary>
    public int CanariesNotAsked { get; init; }

    /// <summary>People with a canary who lost records and were not asked about, because stamped records of theirs stay; null: not counted.</summary>
    public int? CanariesStay { get; init; }

    /// <summary>What the cheap checks said; null for records of versions without them.</summary>
    public GateOutcome? Gate { get; init; }

    /// <summary>Whether the stored report shows forgotten records.</summary>
    public bool Pictures { get; init; }
}
