using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>
/// The attacks on records of a request with the help of shadow models: U-LiRA, one likelihood ratio for each record, and RMIA, which
/// compares with unseen records. Every shadow model is attacked with the help of all others, and any other model with the help of all.
/// </summary>
public sealed class ShadowAttack
{
    /// <summary>Fewest pairs of shadow models: one of them is attacked, and the others must show both kinds.</summary>
    public const int LeastPairs = ULira.LeastShadows + 1;

    private readonly int[] _targets;
    private readonly int[] _labels;
    private readonly int[] _unseenLabels;
    private readonly double[,] _confidences;
    private readonly bool[,] _inside;
    private readonly ULira _lira;
    private readonly double[,] _probabilities;
    private readonly double[,] _population;

    /// <summary>Attacks every shadow model with the help of all others.</summary>
    /// <param name="shadows">What each shadow model says, in the order of <paramref name="jobs"/>.</param>
    /// <param name="jobs">Which targets each has learned.</param>
    /// <param name="targets">(N) the records in question.</param>
    /// <param name="labels">The label of every training record.</param>
    /// <param name="unseenLabels">The label of every unseen record; empty: there are none, and no RMIA.</param>
    public ShadowAttack(
        IReadOnlyList<ShadowLogits> shadows, IReadOnlyList<ShadowJob> jobs, IReadOnlyList<int> targets, IReadOnlyList<int> labels, IReadOnlyList<int> unseenLabels)
    {
        ArgumentNullException.ThrowIfNull(shadows);
        ArgumentNullException.ThrowIfNull(jobs);
        _targets = [.. targets];
        _labels = [.. targets.Select(record => labels[record])];
        _unseenLabels = [.. unseenLabels];
        _confidences = Matrix(shadows);
        _inside = new bool[jobs.Count, _targets.Length];
        _probabilities = new double[jobs.Count, _targets.Length];
        _population = new double[jobs.Count, _unseenLabels.Length];
        for (int model = 0; model < jobs.Count; model++)
        {
            var learned = jobs[model].Forgotten.ToHashSet();
            Fill(_probabilities, model, ProbabilitiesOf(shadows[model]));
            Fill(_population, model, PopulationOf(shadows[model]));
            for (int i = 0; i < _targets.Length; i++) _inside[model, i] = learned.Contains(_targets[i]);
        }

        _lira = new ULira(_confidences, _inside);
        Shadows = _lira.LeaveOneOut();
        Population = HasPopulation ? MembershipScores.Of(EveryRmia(), _inside) : null;
    }

    /// <summary>U-LiRA on the shadow models themselves: log-likelihood ratios.</summary>
    public MembershipScores Shadows { get; }

    /// <summary>RMIA on the shadow models themselves: shares of unseen records; null without unseen records.</summary>
    public MembershipScores? Population { get; }

    private bool HasPopulation => _unseenLabels.Length > 0;

    /// <summary>U-LiRA on one more model, which has seen (or forgotten) all targets or none; the others are those of <see cref="Shadows"/>.</summary>
    /// <param name="model">What it says.</param>
    public MembershipScores ULiraOn(params IReadOnlyList<ShadowLogits> model) => new(
        ByTarget([.. model.Select(answers => _lira.Scores(ConfidencesOf(answers)))]), Shadows.Others);

    /// <summary>U-LiRA on other answers of the same shadow models, such as before they forgot; each with the help of all others.</summary>
    /// <param name="answers">What each shadow model says, in the order of the jobs.</param>
    public MembershipScores ULiraOnShadows(IReadOnlyList<ShadowLogits> answers) => new(_lira.LeaveOneOut(Matrix(answers)).Members, Shadows.Others);

    /// <summary>The confidences in each record of models that learned it, before and after they forgot it, beside those of models that never saw it; null with too few models.</summary>
    /// <param name="earlier">What each shadow model said before it forgot, in the order of the jobs.</param>
    public ShadowDistributions? Distributions(IReadOnlyList<ShadowLogits> earlier) => ShadowDistributions.Of(Matrix(earlier), _confidences, _inside);

    /// <summary>RMIA on one more model; null without unseen records.</summary>
    /// <param name="model">What it says.</param>
    public MembershipScores? RmiaOn(params IReadOnlyList<ShadowLogits> model) => Population is not { } population ? null : new MembershipScores(
        ByTarget([.. model.Select(answers => RmiaOf(ProbabilitiesOf(answers), PopulationOf(answers), leftOut: null))]), population.Others);

    private double[][] EveryRmia() => [.. Enumerable.Range(0, Models).Select(model => RmiaOf(Row(_probabilities, model), Row(_population, model), model))];

    private int Models => _inside.GetLength(0);

    private double[] RmiaOf(double[] records, double[] population, int? leftOut)
    {
        int[] others = [.. Others(leftOut)];
        double[,] shadows = Rows(_probabilities, others), unseen = Rows(_population, others);
        return records.Concat(population).Concat(shadows.Cast<double>()).Concat(unseen.Cast<double>()).Any(double.IsNaN)
            ? Array.ConvertAll(records, _ => double.NaN)
            : new Rmia().Score(new RmiaSignals(records, shadows, Rows(_inside, others), population, unseen));
    }

    private IEnumerable<int> Others(int? leftOut) => Enumerable.Range(0, Models).Where(model => model != leftOut);

    private double[][] ByTarget(double[][] models) => [.. Enumerable.Range(0, _targets.Length).Select(target => models.Select(scores => scores[target]).ToArray())];

    private double[,] Matrix(IReadOnlyList<ShadowLogits> answers)
    {
        var confidences = new double[answers.Count, _targets.Length];
        for (int model = 0; model < answers.Count; model++) Fill(confidences, model, ConfidencesOf(answers[model]));
        return confidences;
    }

    private double[] ConfidencesOf(ShadowLogits logits) => Confidences(RowsOf(logits.Training), _labels);

    private double[] ProbabilitiesOf(ShadowLogits logits) => Array.ConvertAll(ConfidencesOf(logits), Probability);

    private double[] PopulationOf(ShadowLogits logits) =>
        HasPopulation ? Array.ConvertAll(Confidences(logits.Unseen!, _unseenLabels), Probability) : [];

    /// <summary>No numbers at all from a model that gives any answer which is none: a figure of the other records would flatter it.</summary>
    private static double[] Confidences(float[,] logits, int[] labels) =>
        logits.Cast<float>().All(float.IsFinite) ? LogitScaledConfidence.FromLogits(logits, labels) : Array.ConvertAll(labels, _ => double.NaN);

    /// <summary>φ = ln p − ln(1 − p), so p is its logistic.</summary>
    private static double Probability(double confidence) => 1 / (1 + Math.Exp(-confidence));

    private float[,] RowsOf(float[,] logits)
    {
        var rows = new float[_targets.Length, logits.GetLength(1)];
        for (int i = 0; i < _targets.Length; i++)
            for (int c = 0; c < rows.GetLength(1); c++) rows[i, c] = logits[_targets[i], c];
        return rows;
    }

    private static void Fill(double[,] matrix, int row, double[] values)
    {
        for (int column = 0; column < values.Length; column++) matrix[row, column] = values[column];
    }

    private static double[] Row(double[,] matrix, int row) => [.. Enumerable.Range(0, matrix.GetLength(1)).Select(column => matrix[row, column])];

    private static T[,] Rows<T>(T[,] matrix, int[] rows)
    {
        var chosen = new T[rows.Length, matrix.GetLength(1)];
        for (int i = 0; i < rows.Length; i++)
            for (int column = 0; column < chosen.GetLength(1); column++) chosen[i, column] = matrix[rows[i], column];
        return chosen;
    }
}
