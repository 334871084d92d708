using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Requests;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>The request that shadow models imitate: the run's last one.</summary>
/// <param name="Request">Which records.</param>
/// <param name="Plan">The method and its options.</param>
/// <param name="Earlier">What earlier requests had forgotten, ascending.</param>
internal sealed record ShadowSubject(ForgetRequest Request, UnlearningPlan Plan, IReadOnlyList<int> Earlier)
{
    /// <exception cref="BadDataException">The run has forgotten nothing, was imported, or the request's files are gone.</exception>
    public static ShadowSubject Of(Run run)
    {
        ShadowRun.RequireTrainable(run);
        run.RequireReady();
        if (run.Index.History.Count == 0)
            throw new BadDataException($"{run.Directory} has forgotten nothing yet, so there is nothing to attack. Forget something first: lethe forget {run.Directory} --records 0");
        string folder = Path.Combine(RequestFolder.Root(run.Directory), run.Index.History[^1].Request);
        string plan = Path.Combine(folder, RequestFolder.PlanFile);
        if (RequestFolder.Read(folder) is not { } request || !File.Exists(plan))
            throw new BadDataException($"{folder} does not say any more what was forgotten and how: shadow models cannot imitate it.");
        return new ShadowSubject(
            request, UnlearningPlan.FromJson(File.ReadAllText(plan)), [.. run.Index.Deleted.Except(request.Records.Select(record => record.Value)).Order()]);
    }

    /// <summary>Whether the run serves what the request made: then nothing that the shadow models said may stay in it.</summary>
    public bool IsPromoted(Run run) => run.Index.History.Any(entry => entry.Request == Request.Id);

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
