using Lethe.Core.Evidence;
using Lethe.Core.Ledgers;
using Lethe.Core.Steps;
using Lethe.Reports;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Lists what a run keeps in clear on purpose that somebody wrote, or that may tell who is meant.</summary>
internal static class KeptTexts
{
    public static IEnumerable<string> Of(Run run) => [.. Decisions(run), .. Withdrawn(run), .. Reasons(run), .. Keys(run), .. Setting(run)];

    private static IEnumerable<string> Decisions(Run run)
    {
        foreach (var entry in run.Index.History.Where(entry => entry.Promotion is { Basis: PromotionBasis.Override } or { By: not null }))
        {
            string certificates = CertificateBundle.In(run.Directory).Any(bundle => Path.GetFileName(bundle).StartsWith(entry.Request + "-", StringComparison.Ordinal)) ? " and certificates" : "";
            yield return entry.Promotion!.Basis == PromotionBasis.Gate
                ? $"index.json, {LedgerFile.FileName}{certificates} hold which user had {entry.Request} served at once (`lethe forget --serve`), in clear"
                : $"index.json, {LedgerFile.FileName}{certificates} hold why a person promoted {entry.Request} (`lethe promote --override`), and who (--by), in clear";
        }
    }

    private static IEnumerable<string> Withdrawn(Run run)
    {
        foreach (var folder in RequestFolder.All(run.Directory).Where(folder => folder.StateIn(run) == RequestState.Withdrawn))
        {
            yield return $"requests/{folder.Request.Id}/{RequestFolder.RequestFile} holds the numbers of {Wording.Count(folder.Request.Records.Count, "record", "records")} of a withdrawn request: they were not forgotten by it";
            if (folder.ReadWithdrawal()?.Reason is not null)
                yield return $"requests/{folder.Request.Id}/{RequestFolder.WithdrawnFile} holds the reason that was given with `lethe withdraw --reason`, in clear";
        }
    }

    private static IEnumerable<string> Reasons(Run run) => RequestFolder.All(run.Directory).Where(folder => folder.Request.Reason is not null)
        .Select(folder => $"requests/{folder.Request.Id}/{RequestFolder.RequestFile} holds the reason that was given with --reason, in clear");

    private static IEnumerable<string> Keys(Run run)
    {
        string[] folders = [run.Directory, .. RequestFolder.All(run.Directory).Select(folder => run.RequestDirectory(folder.Request.Id))];
        foreach (string path in folders.Select(folder => Path.Combine(folder, ReplayReport.FileName)))
        {
            if (ReplayFile.Read(path)?.Key is not null)
                yield return $"{Path.GetRelativePath(run.Directory, path).Replace(Path.DirectorySeparatorChar, '/')} holds the text that chose its steps (`lethe evidence replay --key`), in clear";
        }
    }

    private static IEnumerable<string> Setting(Run run)
    {
        if (run.Index.Deleted.Count > 0)
        {
            yield return "index.json and request.json hold the numbers of the forgotten records: no later training may read them again, and without the data set a number names nobody";
            yield return "partition.json holds the slots of all records, forgotten or not: the others keep their places in the batches";
        }

        if (run.PlantedCanaries is { } planted)
            yield return $"canaries.json holds the secret that drew {(planted.People is { } people ? Wording.Count(people, "person", "people") : "the people")} with canaries: whoever also has the data can tell whose records were stamped, those of forgotten people and of all others";
        yield return $"run.json holds the paths of the data and the names of {Wording.Count(run.Dataset.ClassNames.Count, "class", "classes")}{(run.Dataset.HasSubjects ? "; who a record belongs to stands in the data alone" : "")}";
    }
}
