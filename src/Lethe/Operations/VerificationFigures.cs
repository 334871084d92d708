using System.Text.RegularExpressions;
using Lethe.Core.Records;
using Lethe.Core.Store;
using Lethe.Core.Verdicts;
using Lethe.Reports;
using Lethe.Training.Datasets;

namespace Lethe.Operations;

/// <summary>Joins the aggregates of a verification into its page.</summary>
internal static partial class VerificationFigures
{
    /// <summary>Name of the page in a request's folder.</summary>
    public const string PageFile = "verification.html";

    /// <summary>Name of its figures in a request's folder.</summary>
    public const string FiguresFile = "verification.json";

    private const string Original = "original", Unlearned = "unlearned", Gold = "gold";

    /// <param name="models">All models, with their answers.</param>
    /// <param name="verdict">What follows.</param>
    /// <param name="test">Unseen records, or null.</param>
    /// <param name="measures">Rows that inform without deciding.</param>
    /// <param name="memory">What the judged model holds of each block, or null.</param>
    /// <param name="further">Scores of attacks with shadow models.</param>
    public static VerificationReport Of(
        VerificationModels models, Verdict verdict, TensorDataset? test, IReadOnlyList<Comparison> measures, MemoryCurve? memory,
        IReadOnlyList<ScoreComparison> further)
    {
        var labels = models.Subject.Kept.Records.Select(record => models.Data.Manifest.Labels[record]).CountBy(label => label).ToDictionary();
        var named = NamedClasses(models.Data.Manifest);
        return new VerificationReport
        {
            Verdict = verdict,
            Setting = RunSetting.Of(models.Run),
            Measures = measures,
            Scores = [.. Confidence(models) is { } confidence ? [confidence] : Array.Empty<ScoreComparison>(), .. further],
            Classes = test is null ? null : Classes(models, [.. test.Manifest.ClassNames.Select((name, label) => named.Contains(label) ? $"class {label}" : name)], labels),
            Memory = memory,
            Triggers = [.. models.Subject.Canaries.Select(TriggerFigure.Of)],
            Gradients = GradientPictures.Of(
                models.Run, test, [.. labels.Where(entry => !named.Contains(entry.Key)).OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).Select(entry => entry.Key)],
                [(Original, models.Original?.State), (Unlearned, models.Candidate.State), ("gold, another seed", models.Golds.Count == 0 ? null : models.Golds[0].State)]),
            Notes = [.. models.Subject.Kept.Remarks],
        };
    }

    /// <summary>Writes the page and its figures into a request's folder.</summary>
    /// <returns>Where the page is.</returns>
    public static string Write(string folder, VerificationReport report)
    {
        string page = Path.Combine(folder, PageFile);
        AtomicFile.WriteAllText(Path.Combine(folder, FiguresFile), ReportFiles.ToJson(report));
        AtomicFile.WriteAllText(page, VerificationHtml.Render(report));
        return page;
    }

    /// <summary>Whether a page holds pictures that the model before was asked for.</summary>
    public static bool ShowsOriginal(string page) => page.Contains($"<img alt=\"{Original}\"", StringComparison.Ordinal);

    /// <summary>
    /// Classes that bear a person's name, as in a set for recognising people: neither their names nor their pictures are shown, because a later
    /// request may forget that person.
    /// </summary>
    internal static HashSet<int> NamedClasses(DatasetManifest manifest)
    {
        if (manifest.Subjects is not { } subjects)
            return [];
        var people = subjects.Select(subject => subject.Value).Where(name => name.Any(char.IsLetter)).ToHashSet();
        return [.. Enumerable.Range(0, manifest.ClassNames.Count).Where(label => Words().Split(manifest.ClassNames[label]).Append(manifest.ClassNames[label]).Any(people.Contains))];
    }

    [GeneratedRegex(@"[^\p{L}\p{N}]+")]
    private static partial Regex Words();

    private static ScoreComparison? Confidence(VerificationModels models)
    {
        ScoreDistribution[] golds = [.. models.Golds.Select(gold => gold.Aggregates.Scores).OfType<ScoreDistribution>()];
        if (models.Candidate.Aggregates.Scores is not { } candidate)
            return null;
        var parts = new List<ModelScores>();
        if (models.Original?.Aggregates.Scores is { } original && original.HasBinsOf(candidate))
            parts.Add(new ModelScores(Original, original));
        parts.Add(new ModelScores(Unlearned, candidate));
        if (golds.Length > 0)
            parts.Add(new ModelScores(Gold, ScoreDistribution.Pool(golds)));
        return new ScoreComparison(
            "logit-scaled confidence", "ln(p / (1 − p)) of the true class: high means sure, as models are of what they learned. The attack by the loss has the same curve.", parts);
    }

    private static ClassTable? Classes(VerificationModels models, IReadOnlyList<string> names, Dictionary<int, int> forgotten)
    {
        if (models.Candidate.Aggregates.ClassAccuracies is not { } candidate)
            return null;
        double? GoldOf(int label)
        {
            double[] values = [.. models.Golds.Select(gold => gold.Aggregates.ClassAccuracies?[label]).OfType<double>()];
            return values.Length == 0 ? null : values.Average();
        }

        var original = models.Original?.Aggregates.ClassAccuracies;
        return new ClassTable(
        [
            .. Enumerable.Range(0, candidate.Count).Where(label => candidate[label] is not null).Select(label => new ClassRow(
                names[label], forgotten.GetValueOrDefault(label), original is not null && label < original.Count ? original[label] : null, candidate[label]!.Value, GoldOf(label))),
        ]);
    }
}
