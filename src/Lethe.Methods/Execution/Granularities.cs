using Lethe.Core.Records;
using Lethe.Core.Requests;

namespace Lethe.Methods.Execution;

/// <summary>Whether a method can forget what a request names.</summary>
internal static class Granularities
{
    /// <summary>What the request is about: whole classes also where records were named that make up whole classes.</summary>
    public static Granularity Of(ForgetRequest request, ForgetScope scope, DatasetManifest data) => request.Selection switch
    {
        Selection.ByClasses => Granularity.Classes,
        _ when AreWholeClasses(request, scope, data) => Granularity.Classes,
        Selection.BySubjects => Granularity.Subjects,
        _ => Granularity.Records,
    };

    /// <summary>Why the method cannot serve the request, or null.</summary>
    public static string? Refusal(MethodDescriptor method, ForgetRequest request, ForgetScope scope, DatasetManifest data)
    {
        var wanted = Of(request, scope, data);
        return method.Granularity.HasFlag(wanted)
            ? null
            : $"{method.Name} forgets {string.Join(" and ", method.GranularityWords)} only, and the request names {wanted.ToString().ToLowerInvariant()}.";
    }

    private static bool AreWholeClasses(ForgetRequest request, ForgetScope scope, DatasetManifest data)
    {
        var classes = request.Records.Select(record => data.Labels[record.Value]).ToHashSet();
        for (var record = 0; record < data.Count; record++)
        {
            if (classes.Contains(data.Labels[record]) && !scope.Deleted.Contains(record)) return false;
        }
        return true;
    }
}
