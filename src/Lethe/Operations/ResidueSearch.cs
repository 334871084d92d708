using Lethe.Core.Errors;
using Lethe.Core.Progress;
using Lethe.Core.Records;
using Lethe.Reports;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Looks at every file of a run for anything that still carries forgotten records.</summary>
internal sealed class ResidueSearch(Run run, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    private readonly HashSet<Digest> _destroyed = [];
    private readonly List<string> _found = [];
    private readonly List<string> _notChecked = [];
    private readonly List<string> _kept = [];

    public ResidueReport Search()
    {
        CheckObjects();
        CheckDestroyed();
        CheckLayout();
        CheckLineage();
        var (patterns, pictures, manifest) = Patterns();
        Names(manifest);
        FileInfo[] files = [.. new DirectoryInfo(run.Directory).EnumerateFiles("*", SearchOption.AllDirectories)];
        long bytes = 0;
        for (int i = 0; i < files.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new ProgressUpdate("residue", i, files.Length, files[i].Name));
            bytes += files[i].Length;
            Scan(files[i].FullName, patterns, pictures);
        }

        return new ResidueReport { Files = files.Length, Bytes = bytes, RecordsSearched = patterns?.Count ?? 0, Found = _found, Kept = _kept, NotChecked = _notChecked };
    }

    /// <summary>Every stored object is intact and belongs to the run's present state.</summary>
    private void CheckObjects()
    {
        var needed = run.Index.References().Concat(run.Lasting).Concat(run.Unserved()).ToHashSet();
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

            _destroyed.UnionWith(result.Destroyed);
            _destroyed.UnionWith(result.GoldsDestroyed);
            foreach (Digest digest in result.Destroyed.Where(run.Store.Contains))
                _found.Add($"object {digest.Short} knew the records of {entry.Request}, was destroyed, and is there again");
            if (result.Findings.Pictures.Count > 0)
                _kept.Add($"{RequestFolder.ResultFile} and {RequestFolder.ReportFile} in requests/{entry.Request} show pictures that {entry.Method} made; they derive from what the model knew of the forgotten class");
            string page = Path.Combine(RequestFolder.Root(run.Directory), entry.Request, VerificationFigures.PageFile);
            if (File.Exists(page))
            {
                string pixels = VerificationFigures.ShowsOriginal(File.ReadAllText(page)) ? ", and which pixels of a few unseen records moved it; delete the page if that is too much" : "";
                _kept.Add($"requests/{entry.Request}/{VerificationFigures.PageFile} shows figures of the model before, aggregates that were taken when it was judged{pixels}");
            }

            if (result.Pictures)
                _found.Add($"requests/{entry.Request}/{RequestFolder.ReportFile} shows pictures of forgotten records (it was made with --pictures)");
        }
    }

    /// <summary>Every file has a place; gold models belong to the present state.</summary>
    private void CheckLayout()
    {
        var layout = new ResidueLayout(run);
        foreach (string path in Directory.EnumerateFiles(run.Directory, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(run.Directory, path).Replace(Path.DirectorySeparatorChar, '/');
            if (layout.Problem(relative) is { } problem)
                _found.Add($"{relative} {problem}");
        }
    }

    /// <summary>No checkpoint that is there was made before records that it read were forgotten.</summary>
    private void CheckLineage()
    {
        var search = new LineageSearch(run);
        search.Search();
        _found.AddRange(search.Found);
        _kept.AddRange(search.Kept);
        _notChecked.AddRange(search.NotChecked);
    }

    /// <summary>Nothing names whom the run forgot, but for what is kept on purpose.</summary>
    private void Names(DatasetManifest? manifest)
    {
        var search = new NameSearch(run);
        search.Search(manifest);
        _found.AddRange(search.Found);
        _kept.AddRange(search.Kept);
        _notChecked.AddRange(search.NotChecked);
    }

    private (BytePatterns?, PictureSearch?, DatasetManifest?) Patterns()
    {
        if (run.Index.Deleted.Count == 0)
            return (null, null, null);
        try
        {
            using var data = DataReading.LoadTraining(run);
            var patterns = new BytePatterns(run.Index.Deleted.Select(data.Pixels));
            if (patterns.Skipped > 0)
                _notChecked.Add($"the bytes of {Wording.Count(patterns.Skipped, "forgotten record", "forgotten records")}: too short or too uniform to be recognised");
            return (patterns, new PictureSearch(data, run.Index.Deleted), data.Manifest);
        }
        catch (LetheException exception)
        {
            _notChecked.Add("raw bytes and names of the forgotten records: " + exception.Message);
            return (null, null, null);
        }
    }

    private void Scan(string path, BytePatterns? patterns, PictureSearch? pictures)
    {
        if (run.Index.Deleted.Count == 0)
            return;
        string name = Path.GetRelativePath(run.Directory, path);
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (_destroyed.Contains(Digest.Of(bytes)) && !name.StartsWith("objects", StringComparison.Ordinal))
                _found.Add($"{name} is a copy of an object that knew forgotten records and was destroyed");
            if (patterns?.FindIn(bytes) is { } offset)
                _found.Add($"{name} holds the raw bytes of a forgotten record at offset {offset}");
            if (name.EndsWith(".html", StringComparison.Ordinal) && pictures?.CountIn(bytes) is > 0 and var shown)
                _found.Add($"{name} shows pictures of {Wording.Count(shown, "forgotten record", "forgotten records")}");
        }
        catch (IOException)
        {
            _notChecked.Add($"{name} cannot be read now (another process writes to the run)");
        }
    }
}
