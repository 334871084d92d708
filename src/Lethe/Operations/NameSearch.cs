using System.Net;
using System.Text;
using System.Text.Json;
using Lethe.Core.Records;
using Lethe.Reports;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Looks for what a run's files still say about whom it forgot: names, predicates, reasons, record numbers.</summary>
internal sealed class NameSearch(Run run)
{
    private const int ShortestName = 3;
    private const int NamesShown = 3;
    private static readonly string[] s_texts = [".json", ".jsonl", ".html", ".next", ".tmp"];

    public List<string> Found { get; } = [];

    public List<string> Kept { get; } = [];

    public List<string> NotChecked { get; } = [];

    /// <param name="manifest">Of the training data; null where it cannot be read.</param>
    public void Search(DatasetManifest? manifest)
    {
        Kept.AddRange(KeptTexts.Of(run));
        Requests();
        if (manifest?.Subjects is { } subjects && run.Index.Deleted.Count > 0)
            Names(subjects);
    }

    private void Requests()
    {
        var served = run.Index.History.Select(entry => entry.Request).ToHashSet();
        string root = RequestFolder.Root(run.Directory);
        foreach (string folder in Directory.Exists(root) ? Directory.GetDirectories(root).Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            if (RequestFolder.Read(folder) is not { } request)
                continue;
            string file = $"requests/{Path.GetFileName(folder)}/{RequestFolder.RequestFile}";
            bool withdrawn = File.Exists(Path.Combine(folder, RequestFolder.WithdrawnFile));
            if (withdrawn && request.NamesPeople)
                Found.Add($"{file} still names whom the withdrawn request was about (the process was killed); the next writer removes it");
            else if (!served.Contains(request.Id) && !withdrawn)
                Kept.Add($"{file} is a request that is not served yet ({request.Selection.Describe()}): its names go when it is promoted or withdrawn (lethe withdraw)");
            else if (request.NamesPeople)
                Found.Add($"{file} still names whom the request was about (written by an earlier version, or the process was killed); the next `lethe forget` or `lethe verify` removes it");
        }
    }

    /// <summary>People all of whose records are forgotten must not be named in any text of the run.</summary>
    private void Names(IReadOnlyList<SubjectId> subjects)
    {
        var deleted = run.Index.Deleted.ToHashSet();
        var left = Enumerable.Range(0, subjects.Count).Where(record => !deleted.Contains(record)).Select(record => subjects[record]).ToHashSet();
        string[] gone = [.. run.Index.Deleted.Select(record => subjects[record]).Where(subject => !left.Contains(subject)).Distinct().Select(subject => subject.Value)];
        string[] names = [.. gone.Where(name => name.Length >= ShortestName && name.Any(char.IsLetter))];
        if (names.Length < gone.Length)
            NotChecked.Add($"the names of {Wording.Count(gone.Length - names.Length, "forgotten person", "forgotten people")}: too short, or mere numbers, to be told from other text in the run");
        if (names.Length == 0)
            return;
        foreach (string path in Directory.EnumerateFiles(run.Directory, "*", SearchOption.AllDirectories).Where(path => s_texts.Contains(Path.GetExtension(path))))
        {
            string text = Encoding.UTF8.GetString(File.ReadAllBytes(path));
            int[] hits = [.. names.Select((name, i) => (name, i)).Where(entry => Holds(text, entry.name)).Select(entry => entry.i)];
            if (hits.Length == 0 || IsOpen(path))
                continue;
            string file = Path.GetRelativePath(run.Directory, path);
            string said = $"{file} names {hits.Length} of the forgotten people, such as {string.Join(", ", hits.Take(NamesShown).Select(hit => names[hit]))}";
            if (file == "run.json")
                Kept.Add(said + ": it is part of a class's name or of a path to the data, which the run needs");
            else
                Found.Add(said + (Path.GetFileName(path) == RequestFolder.WithdrawnFile ? ": take them out of its reason by hand, nothing follows from it" : ""));
        }
    }

    /// <summary>A request that is neither served nor withdrawn may name people; <see cref="Requests"/> reports it.</summary>
    private bool IsOpen(string path) => Path.GetRelativePath(run.Directory, path).Split(Path.DirectorySeparatorChar) is ["requests", var id, ..]
        && RequestFolder.Find(run.Directory, id)?.StateIn(run) is not (RequestState.Promoted or RequestState.Withdrawn);

    /// <summary>Whether a text holds a name as a word of its own.</summary>
    internal static bool Holds(string text, string name) =>
        new[] { name, JsonEncodedText.Encode(name).ToString(), WebUtility.HtmlEncode(name) }.Distinct().Any(form => HoldsForm(text, form));

    private static bool HoldsForm(string text, string name)
    {
        for (int at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            int end = at + name.Length;
            if ((at == 0 || !IsPart(text[at - 1])) && (end == text.Length || !IsPart(text[end])))
                return true;
        }

        return false;
    }

    private static bool IsPart(char character) => char.IsLetterOrDigit(character) || character is '-' or '_' or '.';
}
