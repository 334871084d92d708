using Lethe.Core.Verdicts;
using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>Turns measured models into a verdict.</summary>
internal static class VerdictBuilding
{
    /// <param name="models">All models.</param>
    /// <param name="policy">Levels and bounds.</param>
    /// <param name="neighbours">How many retained neighbours were asked about.</param>
    /// <param name="further">Tests of others.</param>
    /// <param name="at">The time to write into the verdict.</param>
    public static Verdict Build(VerificationModels models, VerificationPolicy policy, int neighbours, IReadOnlyList<JudgedMeasure> further, DateTimeOffset at)
    {
        var (subject, original) = (models.Subject, models.Original?.Aggregates);
        return Judge.Decide(
            new JudgedCase
            {
                Model = subject.Model,
                Original = subject.Original,
                OriginalSource = subject.OriginalExists ? "the model itself" : original is null ? "not measured" : "figures taken before it was destroyed",
                Request = subject.Request,
                Records = subject.Kept.Records.Count,
                Method = subject.Method,
                Guarantee = subject.Guarantee,
                Golds = models.Seeds,
                NamedGolds = models.NamedGolds,
                Measures =
                [
                    .. JudgedMeasures.Of(
                        models.Original is { } before ? new JudgedModel(FiguresOf(before.Aggregates, policy), before.View?.Forgotten) : null,
                        AsJudged(models.Candidate),
                        [.. models.Golds.Select(AsJudged)],
                        subject.Kept.Records.Count,
                        policy),
                    .. further,
                ],
                Useful = Useful(models),
                Neighbours = Neighbours(models, policy, neighbours),
            },
            policy, at);
    }

    private static JudgedModel AsJudged(MeasuredModel model) => new(model.Aggregates.Figures, model.View!.Forgotten);

    /// <summary>The figures kept of a model: those of before.json of earlier versions too, and none after relearning by other steps.</summary>
    private static Dictionary<string, double> FiguresOf(ModelAggregates model, VerificationPolicy policy)
    {
        var figures = new Dictionary<string, double>
        {
            [VerdictMeasures.ForgottenAccuracy] = model.ForgottenAccuracy,
            [VerdictMeasures.ForgottenLoss] = model.ForgottenLoss,
        };
        foreach (var (name, value) in model.Figures)
            figures[name] = value;
        if (model.RelearnSteps != policy.RelearnSteps)
        {
            figures.Remove(VerdictMeasures.RelearnedLoss);
            figures.Remove(VerdictMeasures.RelearnedAccuracy);
        }

        return figures;
    }

    private static UsefulAccuracy Useful(VerificationModels models)
    {
        var candidate = models.Candidate;
        bool unseen = candidate.View!.KeptTest is not null;
        double? Of(ModelAggregates? model) => unseen ? model?.TestAccuracy : model?.RetainedAccuracy;
        return new UsefulAccuracy(
            Of(models.Original?.Aggregates),
            Of(candidate.Aggregates)!.Value,
            [.. models.Golds.Select(gold => Of(gold.Aggregates)!.Value)],
            (candidate.View.KeptTest ?? candidate.View.Retained).Labels.Length);
    }

    private static NeighbourPrivacy? Neighbours(VerificationModels models, VerificationPolicy policy, int count)
    {
        double? Of(MeasuredModel? model) => model is not null && model.Aggregates.Figures.TryGetValue(NeighbourAttack.Figure, out double value) ? value : null;
        return Of(models.Candidate) is { } candidate
            ? NeighbourAttack.Compare(count, Of(models.Original), candidate, [.. models.Golds.Select(gold => Of(gold)!.Value)], policy.Alpha)
            : null;
    }
}
