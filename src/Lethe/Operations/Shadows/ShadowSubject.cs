using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Requests;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>The request that shadow models imitate: that of the waiting candidate, else the run's last one.</summary>
/// <param name="Request">Which records.</param>
/// <param name="Plan">The method and its options.</param>
/// <param name="Earlier">What earlier requests had forgotten, ascending.</param>
/// <param name="IsPromoted">Whether the run serves what the request made: then nothing that the shadow models said may stay in it.</param>
internal sealed record ShadowSubject(ForgetRequest Request, UnlearningPlan Plan, IReadOnlyList<int> Earlier, bool IsPromoted)
{
    /// <exception cref="BadDataException">The run has forgotten nothing, was imported, or the request's files are gone.</exception>
    public static ShadowSubject Of(Run run)
    {
        ShadowRun.RequireTrainable(run);
        run.RequireReady();
        var held = HeldCandidate.Open(run);
        if (held is null && run.Index.History.Count == 0)
            throw new BadDataException($"{run.Directory} has forgotten nothing yet, so there is nothing to attack. Forget something first: lethe forget {run.Directory} --records 0");
        string id = held?.Request.Id ?? run.Index.History[^1].Request;
        if (RequestFolder.Find(run.Directory, id) is not { } folder || folder.ReadPlan() is not { } plan)
            throw new BadDataException($"{run.Directory} does not say any more what {id} forgot and how: shadow models cannot imitate it.");
        var deleted = held?.Next.Deleted ?? run.Index.Deleted;
        return new ShadowSubject(folder.Request, plan, [.. deleted.Except(folder.Request.Records.Select(record => record.Value)).Order()], held is null);
    }

    /// <summary>Refuses to train models on records that the run has forgotten for good.</summary>
    /// <param name="run">The run.</param>
    /// <param name="farm">Knows which answers are there.</param>
    /// <param name="jobs">The shadow models that are needed.</param>
    /// <param name="retrain">Whether the user asked for it all the same.</param>
    /// <exception cref="BadDataException">The request is promoted, models are missing, and nobody asked for them.</exception>
    public void RequireHeld(Run run, ShadowFarm farm, IReadOnlyList<ShadowJob> jobs, bool retrain)
    {
        if (!IsPromoted || retrain || farm.Price(jobs).Missing == 0)
            return;
        throw new BadDataException(
            $"{Request.Id} is promoted, and shadow models would learn the records again that {run.Directory} has forgotten. Verify the next candidate before it is served: "
            + $"lethe forget, then lethe verify {run.Directory} --shadows N. To train them all the same: --retrain-forgotten.");
    }

    public ShadowMethod Method => new(Plan.Method, Plan.Options);

    /// <param name="run">The run.</param>
    /// <param name="perSide">Models of each kind for every record.</param>
    public ShadowRequest Models(Run run, int perSide) => new()
    {
        Targets = [.. Request.Records.Select(record => record.Value)],
        Earlier = Earlier,
        Unit = Request.Selection switch
        {
            Selection.BySubjects or Selection.Withheld("subjects") => ShadowUnit.Subjects,
            Selection.ByClasses => ShadowUnit.Classes,
            _ => ShadowUnit.Records,
        },
        PerSide = perSide,
        Seed = run.Recipe.Seed,
        Methods = [Method],
    };
}
