using Lethe.Core.Errors;
using Lethe.Core.Progress;
using Lethe.Core.Verdicts;
using Lethe.Reports;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Training;
using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>Adds what shadow models tell to a verification: tests of the verdict, and rows of the table.</summary>
/// <param name="options">How many models, and where their answers are.</param>
/// <param name="workers">The processes that train them; null: this one.</param>
/// <param name="time">The clock.</param>
/// <param name="progress">Told after every step.</param>
/// <param name="cancellation">Stops after the current step; finished models are kept.</param>
internal sealed class ShadowVerification(VerificationOptions options, ShardWorkers? workers, TimeProvider time, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    private const string AfterForgetting = "by shadow models after their forgetting: does it look as if it had learned them and then forgotten them";

    private readonly List<Comparison> _rows = [];
    private readonly List<ScoreComparison> _scores = [];
    private readonly List<string> _remarks = [];
    private string _attacked = "on the request's records";

    /// <summary>How the scores of the attacks are distributed; empty before <see cref="Measure"/>, and with too few records.</summary>
    public IReadOnlyList<ScoreComparison> Scores => _scores;

    /// <summary>The rows; empty before <see cref="Measure"/>.</summary>
    public IReadOnlyList<Comparison> Rows => _rows;

    /// <summary>Refuses, before anything is trained, shadow models that would learn what the run has forgotten.</summary>
    /// <exception cref="BadDataException">The request is promoted, models are missing, and <see cref="VerificationOptions.RetrainForgotten"/> is not set.</exception>
    public void RequireAllowed(Run run, TensorDataset data, TensorDataset? test)
    {
        var subject = ShadowSubject.Of(run);
        subject.RequireHeld(run, FarmOf(run, data, test), subject.Models(run, options.Shadows!.Value).Jobs(data.Manifest), options.RetrainForgotten);
    }

    /// <summary>Trains what is missing, attacks the models, and gives the tests.</summary>
    /// <exception cref="UsageException">There are too few models a side.</exception>
    /// <exception cref="BadDataException">The run was imported, or a shadow cannot forget its part of the records as the run did.</exception>
    public IReadOnlyList<JudgedMeasure> Measure(VerificationModels models)
    {
        var run = models.Run;
        var subject = ShadowSubject.Of(run);
        using var test = DataReading.LoadTest(run, models.Data);
        var farm = FarmOf(run, models.Data, test);
        var request = subject.Models(run, options.Shadows!.Value);
        var jobs = request.Jobs(models.Data.Manifest);
        ShadowProgress.Announce(farm.Price(jobs), progress);
        farm.Grow(jobs, progress, cancellation);
        progress?.Report(new ProgressUpdate("attack", 0, 0));
        var labels = models.Data.Manifest.Labels;
        IReadOnlyList<int> unseen = test?.Manifest.Labels ?? [];
        ShadowLogits[] Read(ShadowMethod? method) => [.. jobs.Select(job => farm.Read(job, method))];
        ShadowLogits[] earlier = Read(null), later = Read(subject.Method);
        var before = new ShadowAttack(earlier, jobs, request.Targets, labels, unseen);
        var after = new ShadowAttack(later, jobs, request.Targets, labels, unseen);
        ShadowLogits Of(StateDict state) => farm.Answers(state, cancellation);
        var original = models.Original?.State is { } state ? Of(state) : null;
        if (original is null)
            _attacked += "; the original is gone, and its column is the mean over shadow models before they forget";
        var candidate = Of(models.Candidate.State!);
        ShadowLogits[] golds = [.. models.Golds.Select(gold => Of(gold.State!))];
        var knows = (Original: original is null ? null : before.ULiraOn(original), Candidate: before.ULiraOn(candidate), Golds: golds.Select(gold => before.ULiraOn(gold)).ToArray());
        var tests = new List<JudgedMeasure>
        {
            Add(VerdictMeasures.ULira, "U-LiRA", "by shadow models that learned them: does it look as if it knew them", knows.Original ?? before.Shadows, knows.Candidate, knows.Golds, 0),
            Add(VerdictMeasures.ForgottenULira, "U-LiRA after forgetting", AfterForgetting, original is null ? after.ULiraOnShadows(earlier) : after.ULiraOn(original), after.ULiraOn(candidate), [.. golds.Select(gold => after.ULiraOn(gold))], 0),
        };
        if (before.Population is not null)
        {
            tests.Add(Add(
                VerdictMeasures.Rmia, "RMIA", "by shadow models that learned them", original is null ? before.Population! : before.RmiaOn(original)!, before.RmiaOn(candidate)!,
                [.. golds.Select(gold => before.RmiaOn(gold)!)], null));
        }

        if (FractionRow.Of(before.Shadows, knows.Original, knows.Candidate, knows.Golds) is { } fraction)
            _rows.Add(fraction);
        _remarks.Add($"The attacks rest on {jobs.Count} shadow models, of which every record was learned and forgotten by {options.Shadows} and never seen by {options.Shadows}.");
        if (after.Distributions(earlier) is { } distributions)
        {
            var useful = new ShadowAccuracies(labels, unseen, [.. request.Targets, .. request.Earlier]);
            _rows.AddRange(DistributionRows.Of(distributions, useful.Of(earlier), useful.Of(later), useful.Of(golds)));
        }
        else if (options.Shadows < 2 * ShadowDistributions.LeastModels)
            _remarks.Add($"ε-forgetting and KLOM were not computed: they take {2 * ShadowDistributions.LeastModels} pairs of shadow models or more, because half of the models that never saw a record are the noise floor of the other half.");
        if (subject.IsPromoted && options.ShadowStore is null)
        {
            if (options.SecureErase)
                run.BeginErasing();
            ShadowFolder.Destroy(run);
            if (options.SecureErase)
                run.EndErasing();
            _remarks.Add("What the shadow models said was destroyed after it was measured, because half of them learned the forgotten records; --shadow-store DIR keeps it elsewhere.");
        }

        return tests;
    }

    /// <summary>The summary with what a reader of the rows must know.</summary>
    public VerificationSummary AddTo(VerificationSummary summary) => summary with { Remarks = [.. summary.Remarks, .. _remarks] };

    private ShadowFarm FarmOf(Run run, TensorDataset data, TensorDataset? test) =>
        new(run, data, test, options.ShadowStore ?? ShadowFolder.Of(run.Directory), new ShadowOptions { Workers = workers, Time = time });

    private JudgedMeasure Add(
        string name, string title, string question, MembershipScores original, MembershipScores candidate, IReadOnlyList<MembershipScores> golds, double? threshold)
    {
        static double? Auc(MembershipScores scores) => scores.AreNumbers ? scores.Curve().Auc : null;
        bool known = original.AreNumbers && candidate.AreNumbers && golds.All(gold => gold.AreNumbers);
        void Row(string figure, string definition, string direction, Func<MembershipScores, double> of)
        {
            if (!known)
                return;
            double[] values = [.. golds.Select(of)];
            var spread = GoldSpread.Of(values);
            double before = of(original);
            _rows.Add(new Comparison($"{title}: {figure}", $"{definition}, {question}, {_attacked}.", direction, FigureFormat.Percent)
            {
                Original = before,
                Unlearned = of(candidate),
                Gold = new Spread(values.Average(), spread?.StandardDeviation, values.Length),
                HasPower = spread is null ? null : !spread.Contains(before),
            });
        }

        Row(
            "attack accuracy", threshold is null ? "Balanced accuracy at the best threshold" : "Balanced accuracy of the likelihood ratio", "equals gold; 50 % is chance",
            scores => threshold is { } fixedOne ? scores.Accuracy(fixedOne) : scores.Curve().BalancedAccuracy);
        Row("AUC", "Area under the attack's curve", "equals gold; 50 % is chance", scores => scores.Curve().Auc);
        Row("TPR at 0.1 % FPR", "Share of the records that are found while 0.1 % of never seen ones are accused", "equals gold; 0.1 % is chance", scores => scores.Curve().TprAt(0.001));
        Row("TPR at 1 % FPR", "Share of the records that are found while 1 % of never seen ones are accused", "equals gold; 1 % is chance", scores => scores.Curve().TprAt(0.01));
        if (known && ScoreFigures.OfShadows(title, original, candidate, golds, isShare: threshold is null) is { } scores)
            _scores.Add(scores);
        return new JudgedMeasure
        {
            Name = name,
            Definition = $"Area under the curve of {title}, {question}, {_attacked}.",
            Original = Auc(original),
            Candidate = Auc(candidate) ?? double.NaN,
            Golds = [.. golds.Select(gold => Auc(gold) ?? double.NaN)],
        };
    }
}
