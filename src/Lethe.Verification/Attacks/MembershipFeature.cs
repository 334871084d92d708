using Lethe.Training.Training;

namespace Lethe.Verification;

/// <summary>A number by which the simple membership attacks tell forgotten records from unseen ones.</summary>
/// <param name="Name">For example <c>loss</c>.</param>
/// <param name="Definition">What it is, in a line.</param>
/// <param name="HigherMeansMember">Whether models give members the higher values.</param>
/// <param name="Of">(N) values from what a model says of N records.</param>
public sealed record MembershipFeature(string Name, string Definition, bool HigherMeansMember, Func<EvaluationResult, float[]> Of)
{
    /// <summary>Cross-entropy in nats (Yeom et al. 2018).</summary>
    public static MembershipFeature Loss { get; } = new("loss", "Cross-entropy of the true class, in nats.", false, static result => result.Losses);

    /// <summary>Entropy of the softmax output in nats; needs no label (Salem et al. 2019).</summary>
    public static MembershipFeature Entropy { get; } = new("entropy", "Entropy of the softmax output, in nats.", false, static result => Each(result, Entropies));

    /// <summary>Probability of the most probable class; needs no label (Salem et al. 2019).</summary>
    public static MembershipFeature Confidence { get; } = new(
        "confidence", "Probability of the most probable class.", true, static result => Each(result, static (row, _) => (float)Largest(row, except: -1)));

    /// <summary>Probability of the true class less that of the most probable other, in [−1, 1].</summary>
    public static MembershipFeature Margin { get; } = new(
        "margin", "Probability of the true class less that of the most probable other.", true,
        static result => Each(result, static (row, label) => (float)(row[label] - Largest(row, except: label))));

    /// <summary>All features.</summary>
    public static IReadOnlyList<MembershipFeature> All { get; } = [Loss, Entropy, Confidence, Margin];

    /// <summary>The attack by logistic regression, k-fold. NaN figures when either side has too few records.</summary>
    /// <param name="members">What a model says of the forgotten records.</param>
    /// <param name="unseen">What it says of records that no model has seen, of the same distribution.</param>
    /// <param name="seed">Decides which records of the larger side are drawn, and the folds.</param>
    public MembershipInference Attack(EvaluationResult members, EvaluationResult unseen, ulong seed) =>
        MembershipInference.Attack(Of(members), Of(unseen), seed);

    /// <summary>The attack by all thresholds.</summary>
    /// <inheritdoc cref="Attack"/>
    /// <exception cref="ArgumentException">A side is empty or a value is no number.</exception>
    public RocCurve Curve(EvaluationResult members, EvaluationResult unseen) => RocCurve.Of(Scores(members), Scores(unseen));

    /// <summary>The attack's accuracy as a measurement.</summary>
    /// <param name="subject">On which model: one of <see cref="Subjects"/>.</param>
    /// <param name="attack">The attack by this feature.</param>
    public Measurement Measure(string subject, MembershipInference attack)
    {
        ArgumentNullException.ThrowIfNull(attack);
        return new Measurement($"membership attack on {Name}: accuracy (chance: 0.5)", subject, attack.Accuracy, "gold", Directions.EqualToGold);
    }

    private double[] Scores(EvaluationResult result) => Array.ConvertAll(Of(result), value => HigherMeansMember ? value : -(double)value);

    private static float[] Each(EvaluationResult result, Func<float[], int, float> feature)
    {
        var classes = result.Probabilities.GetLength(1);
        var row = new float[classes];
        var values = new float[result.Labels.Length];
        for (var record = 0; record < values.Length; record++)
        {
            for (var c = 0; c < classes; c++) row[c] = result.Probabilities[record, c];
            values[record] = feature(row, result.Labels[record]);
        }
        return values;
    }

    private static float Entropies(float[] row, int label)
    {
        var sum = 0.0;
        foreach (var p in row) if (p > 0) sum -= p * Math.Log(p);
        return (float)Math.Max(0, sum);
    }

    private static double Largest(float[] row, int except)
    {
        var largest = double.NegativeInfinity;
        for (var c = 0; c < row.Length; c++) if (c != except) largest = Math.Max(largest, row[c]);
        return largest;
    }
}
