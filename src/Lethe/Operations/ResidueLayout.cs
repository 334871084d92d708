using Lethe.Core.Evidence;
using Lethe.Core.Ledgers;
using Lethe.Core.Records;
using Lethe.Core.Steps;
using Lethe.Core.Verdicts;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Which files may be in a run directory, and why one may not.</summary>
internal sealed class ResidueLayout
{
    private static readonly HashSet<string> RunFiles =
    [
        "run.json", "partition.json", "index.json", StepRecording.FileName, ReplayReport.FileName, "lock", "erasing", VerificationPolicy.FileName,
        "canaries.json", LedgerFile.FileName, LedgerFile.HeadFileName, RunSecret.FileName,
    ];

    private static readonly HashSet<string> ServedFiles =
    [
        RequestFolder.RequestFile, RequestFolder.PlanFile, RequestFolder.BeforeFile, RequestFolder.ResultFile, RequestFolder.ReportFile, RequestFolder.FiguresFile,
        RequestFolder.StepsFile, ReplayReport.FileName, Verdict.FileName, VerificationPolicy.FileName, VerificationPolicy.VerdictFileName,
        VerificationFigures.PageFile, VerificationFigures.FiguresFile,
    ];

    private static readonly HashSet<string> CertificateFiles =
    [
        CertificateBundle.CertificateFile, CertificateBundle.SignatureFile, CertificateBundle.KeyFile, CertificateBundle.ChainFile, CertificateBundle.ProofFile,
        CertificatePage.FileName, Verdict.FileName, VerificationPolicy.FileName,
    ];

    private readonly Dictionary<string, RequestState> _states;
    private readonly string _key, _candidateKey;
    private readonly bool _forgot, _waits;

    public ResidueLayout(Run run)
    {
        var held = HeldCandidate.Open(run);
        _states = RequestFolder.All(run.Directory).ToDictionary(folder => folder.Request.Id, folder => folder.StateIn(run));
        _key = GoldCache.KeyOf(run);
        _candidateKey = held is null ? _key : GoldCache.KeyOf(run, held.Next.Deleted);
        _forgot = run.Index.Deleted.Count > 0;
        _waits = held is not null;
    }

    /// <summary>What is wrong with a file's place; null: nothing.</summary>
    /// <param name="path">Relative to the run directory, with slashes.</param>
    public string? Problem(string path) => path.Split('/') switch
    {
        [var name] => RunFiles.Contains(name) ? null : "is no file of a run",
        ["objects", var folder, var name] => Digest.TryParse(folder + name, out _) ? null : "is no stored object (left by a process that was killed; the next writer removes it)",
        ["requests", var id, ..] when !_states.ContainsKey(id) => "belongs to no request that can be read",
        ["requests", var id, var name] => Request(_states[id], name),
        ["gold", var name] => name.StartsWith(_key, StringComparison.Ordinal) || name.StartsWith(_candidateKey, StringComparison.Ordinal) ? null : "is a gold model of before the last request",
        [ShadowFolder.Name, ..] when _forgot && !_waits => "is of shadow models, which may have learned forgotten records (the next promotion destroys it; so does `lethe verify --shadows N --retrain-forgotten`, which measures with it)",
        [ShadowFolder.Name, ShadowStore.WorkName, ..] => null,
        [ShadowFolder.Name, var name] => ShadowStore.IsAnswer(name) ? null : "is nothing that shadow models say",
        [CertificateBundle.FolderName, _, var name] => CertificateFiles.Contains(name) ? null : "is no file of a certificate",
        _ => "is no file of a run",
    };

    private static string? Request(RequestState state, string name) => state switch
    {
        RequestState.Promoted => ServedFiles.Contains(name) ? null : "is an intermediate file of a finished request (left by a process that was killed; repeat its command, or `lethe verify`)",
        RequestState.Withdrawn => name is RequestFolder.RequestFile or RequestFolder.WithdrawnFile ? null : "belongs to a withdrawn request (left by a process that was killed; the next writer removes it)",
        _ => null,
    };
}
