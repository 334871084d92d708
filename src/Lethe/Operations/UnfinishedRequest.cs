using Lethe.Core.Plans;
using Lethe.Methods;

namespace Lethe.Operations;

/// <summary>What a repeated command changes of a request that is not finished; nobody shall learn it from the outcome.</summary>
/// <param name="OtherWay">Method or options are others: the sentence that says so; null: the same.</param>
/// <param name="Notes">What to tell the user before work goes on.</param>
internal sealed record UnfinishedRequest(string? OtherWay, IReadOnlyList<string> Notes)
{
    /// <param name="earlier">The request as it was accepted; null: this is a new one.</param>
    /// <param name="plan">The plan of now.</param>
    /// <param name="reason">The reason that is given now.</param>
    public static UnfinishedRequest Compare(RequestFolder? earlier, UnlearningPlan plan, string? reason)
    {
        if (earlier is null)
            return new UnfinishedRequest(null, []);
        var before = earlier.ReadPlan();
        string? other = before is null || Way(before) == Way(plan) ? null : $"{earlier.Request.Id} was begun with {Way(before)}, and this command says {Way(plan)}.";
        var notes = new List<string>();
        if (other is not null)
            notes.Add(other + (earlier.IsBegun ? " What was computed so far is of no use for that: it starts over." : ""));
        if (reason is not null && reason != earlier.Request.Reason)
            notes.Add($"{earlier.Request.Id} keeps the reason that it was accepted with ({earlier.Request.Reason ?? "none"}); withdraw it to give another.");
        return new UnfinishedRequest(other, notes);
    }

    private static string Way(UnlearningPlan plan) => $"{plan.Method} {MethodCatalog.SettingsOf(plan)}".TrimEnd();
}
