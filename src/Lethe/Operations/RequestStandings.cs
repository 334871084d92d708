using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Says of each request that is not promoted how far it is and what can be done.</summary>
internal static class RequestStandings
{
    public static IReadOnlyList<RequestStanding> Of(Run run) =>
        [.. RequestFolder.All(run.Directory).Select(folder => (Folder: folder, State: folder.StateIn(run))).Where(entry => entry.State != RequestState.Promoted).Select(entry => Of(run, entry.Folder, entry.State))];

    private static RequestStanding Of(Run run, RequestFolder folder, RequestState state)
    {
        var request = folder.Request;
        var withdrawal = state == RequestState.Withdrawn ? folder.ReadWithdrawal() : null;
        return new RequestStanding(request.Id, state, request.Records.Count, withdrawal?.At ?? request.ReceivedAt, state switch
        {
            RequestState.Withdrawn => $"nothing was forgotten{(withdrawal?.Reason is { } reason ? $": {reason}" : "")}",
            RequestState.Candidate => Candidate(run, HeldCandidate.Open(run)),
            _ => folder.IsBegun ? "begun; repeat its `lethe forget` command, or withdraw it" : "not begun; repeat its `lethe forget` command, or withdraw it",
        });
    }

    private static string Candidate(Run run, HeldCandidate? held)
    {
        if (held is null)
            return "its outcome cannot be read; withdraw it";
        var reasons = held.Waits(run).Reasons;
        return $"{held.Record.Method}, model {held.Model.Short}. {(reasons.Count > 0 ? string.Join(' ', reasons) : "Repeat its `lethe forget` command to promote it.")}";
    }
}
