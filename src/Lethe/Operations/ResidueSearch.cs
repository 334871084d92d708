using Lethe.Core.Errors;
using Lethe.Core.Evidence;
using Lethe.Core.Ledgers;
using Lethe.Core.Progress;
using Lethe.Core.Records;
using Lethe.Core.Verdicts;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Looks at every file of a run for anything that still carries forgotten records.</summary>
internal sealed class ResidueSearch(Run run, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    private static readonly HashSet<string> RunFiles =
        ["run.json", "partition.json", "canaries.json", "index.json", StepRecording.FileName, ReplayOperation.ReportName, "lock", "erasing", VerificationPolicy.FileName,
         LedgerFile.FileName, LedgerFile.HeadFileName, RunSecret.FileName];
    private static readonly HashSet<string> RequestFiles =
        [RequestFolder.RequestFile, RequestFolder.PlanFile, RequestFolder.BeforeFile, RequestFolder.ResultFile, RequestFolder.ReportFile, RequestFolder.FiguresFile,
         RequestFolder.StepsFile, ReplayOperation.ReportName, Verdict.FileName, VerificationPolicy.FileName, VerificationPolicy.VerdictFileName,
         VerificationFigures.PageFile, VerificationFigures.FiguresFile];

    private readonly List<string> _found = [];
    private readonly List<string> _notChecked = [];
    private readonly List<string> _kept = [];

    public ResidueReport Search()
    {
        CheckObjects();
        CheckDestroyed();
        CheckLayout();
        var (patterns, manifest) = Patterns();
        Names(manifest);
        FileInfo[] files = [.. new DirectoryInfo(run.Directory).EnumerateFiles("*", SearchOption.AllDirectories)];
        long bytes = 0;
        for (int i = 0; i < files.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new ProgressUpdate("residue", i, files.Length, files[i].Name));
            bytes += files[i].Length;
            Scan(files[i].FullName, patterns);
        }

        return new ResidueReport { Files = files.Length, Bytes = bytes, RecordsSearched = patterns?.Count ?? 0, Found = _found, Kept = _kept, NotChecked = _notChecked };
    }

    /// <summary>Every stored object is intact and belongs to the run's present state.</summary>
    private void CheckObjects()
    {
        var needed = run.Index.References().Concat(run.Lasting).Concat(HeldCandidate.Open(run)?.Next.References() ?? new HashSet<Digest>()).ToHashSet();
        foreach (var digest in run.Store.List().ToList())
        {
            if (!needed.Contains(digest))
                _found.Add($"object {digest.Short} belongs to no checkpoint of the run's present state");
            try
            {
                run.Store.Get(digest);
            }
            catch (StoreDamagedException exception)
            {
                _found.Add(exception.Message);
            }
        }
    }

    /// <summary>No object that a request destroyed has come back.</summary>
    private void CheckDestroyed()
    {
        foreach (var entry in run.Index.History)
        {
            var result = RequestFolder.ReadResult(Path.Combine(RequestFolder.Root(run.Directory), entry.Request));
            if (result is null)
            {
                _notChecked.Add($"{entry.Request} has no {RequestFolder.ResultFile}, so its destroyed objects are not known (the process ended before it was written)");
                continue;
            }

            foreach (Digest digest in result.Destroyed.Where(run.Store.Contains))
                _found.Add($"object {digest.Short} knew the records of {entry.Request}, was destroyed, and is there again");
            if (result.Findings.Pictures.Count > 0)
                _kept.Add($"{RequestFolder.ResultFile} and {RequestFolder.ReportFile} in requests/{entry.Request} show pictures that {entry.Method} made; they derive from what the model knew of the forgotten class");
            string page = Path.Combine(RequestFolder.Root(run.Directory), entry.Request, VerificationFigures.PageFile);
            if (File.Exists(page) && VerificationFigures.ShowsOriginal(File.ReadAllText(page)))
                _kept.Add($"{VerificationFigures.PageFile} in requests/{entry.Request} shows which pixels of a few unseen records moved the model before; delete it if that is too much");
            if (result.Pictures)
                _found.Add($"requests/{entry.Request}/{RequestFolder.ReportFile} shows pictures of forgotten records (it was made with --pictures)");
        }
    }

    /// <summary>Every file has a place; gold models belong to the present state.</summary>
    private void CheckLayout()
    {
        var served = run.Index.History.Select(entry => entry.Request).ToHashSet();
        string key = GoldCache.KeyOf(run), candidate = HeldCandidate.Open(run) is { } held ? GoldCache.KeyOf(run, held.Next.Deleted) : key;
        foreach (string path in Directory.EnumerateFiles(run.Directory, "*", SearchOption.AllDirectories))
        {
            string[] parts = Path.GetRelativePath(run.Directory, path).Split('/');
            string? problem = parts switch
            {
                [var name] => RunFiles.Contains(name) ? null : "is no file of a run",
                ["objects", var folder, var name] => Digest.TryParse(folder + name, out _) ? null : "is no stored object (left by a process that was killed; the next writer removes it)",
                ["requests", var id, var name] when served.Contains(id) => RequestFiles.Contains(name) ? null : "is an intermediate file of a finished request (left by a process that was killed; repeat its command, or `lethe verify`)",
                ["requests", _, _] => null,
                [CertificateBundle.FolderName, _, _] => null,
                ["gold", var name] => name.StartsWith(key, StringComparison.Ordinal) || name.StartsWith(candidate, StringComparison.Ordinal) ? null : "is a gold model of before the last request",
                [ShadowFolder.Name, ..] => HeldCandidate.Open(run) is null ? "is what a shadow model says that may have learned forgotten records (`lethe verify --shadows N` measures with it and destroys it)" : null,
                _ => "is no file of a run",
            };
            if (problem is not null)
                _found.Add($"{string.Join('/', parts)} {problem}");
        }
    }

    /// <summary>Nothing names whom the run forgot, but for what is kept on purpose.</summary>
    private void Names(Core.Records.DatasetManifest? manifest)
    {
        var search = new NameSearch(run);
        search.Search(manifest);
        _found.AddRange(search.Found);
        _kept.AddRange(search.Kept);
        _notChecked.AddRange(search.NotChecked);
    }

    private (BytePatterns?, Core.Records.DatasetManifest?) Patterns()
    {
        if (run.Index.Deleted.Count == 0)
            return (null, null);
        try
        {
            using var data = DataReading.LoadTraining(run);
            var patterns = new BytePatterns(run.Index.Deleted.Select(data.Pixels));
            if (patterns.Skipped > 0)
                _notChecked.Add($"{patterns.Skipped} forgotten records are too short or too uniform to be recognised by their bytes");
            return (patterns, data.Manifest);
        }
        catch (LetheException exception)
        {
            _notChecked.Add("raw bytes and names of the forgotten records: " + exception.Message);
            return (null, null);
        }
    }

    private void Scan(string path, BytePatterns? patterns)
    {
        if (patterns is null || patterns.Count == 0)
            return;
        try
        {
            if (patterns.FindIn(File.ReadAllBytes(path)) is { } offset)
                _found.Add($"{Path.GetRelativePath(run.Directory, path)} holds the raw bytes of a forgotten record at offset {offset}");
        }
        catch (IOException)
        {
            _notChecked.Add($"{Path.GetRelativePath(run.Directory, path)} cannot be read now (another process writes to the run)");
        }
    }
}
