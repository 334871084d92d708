using Lethe.Bench.Results;
using Lethe.Core.Numerics;
using Lethe.Operations;
using Lethe.Verification;

namespace Lethe.Bench.ULira;

/// <summary>Names of the suite's rows, and how a table line becomes rows.</summary>
/// <param name="file">Where they go.</param>
/// <param name="dataset">The data set with its variant.</param>
/// <param name="scheme">How the models are trained.</param>
internal sealed class ULiraRows(ResultsFile file, string dataset, ULiraScheme scheme)
{
    public const string Original = "original", Gold = "gold";
    public const string ULira = "u-lira", Rmia = "rmia", Population = "population attack";
    public const string Accuracy = " accuracy", Auc = " AUC", Low = ", low", High = ", high", TprAtThousandth = " TPR at 0.1 % FPR", TprAtHundredth = " TPR at 1 % FPR";
    public const string TestAccuracy = "test accuracy", ForgottenAccuracy = "accuracy on the targets' labels", Spread = ", sd over models", Models = "models", CurvePoint = "ROC TPR at FPR ";

    public const double LowestRate = 1e-4;

    private const int Resamples = 100;

    /// <summary>Figures of an attack over many models and targets.</summary>
    /// <param name="method">The row's name.</param>
    /// <param name="attack">The attack's name.</param>
    /// <param name="scores">Its scores.</param>
    /// <param name="threshold">From where a record counts as a member; null: the best of all.</param>
    public void Add(string method, string attack, MembershipScores scores, double? threshold)
    {
        var curve = scores.Curve();
        var accuracy = scores.Interval(drawn => threshold is { } fixedOne ? drawn.Accuracy(fixedOne) : drawn.Curve().BalancedAccuracy, scheme.Recipe.Seed, Resamples);
        AddInterval(method, attack + Accuracy, accuracy);
        AddInterval(method, attack + Auc, scores.Interval(drawn => drawn.Curve().Auc, scheme.Recipe.Seed, Resamples));
        Add(method, attack + TprAtThousandth, curve.TprAt(0.001));
        Add(method, attack + TprAtHundredth, curve.TprAt(0.01));
        if (attack == ULira)
        {
            foreach (var point in curve.LogAxis(LowestRate)) Add(method, CurvePoint + Rate(point.FalsePositiveRate), point.TruePositiveRate);
        }
    }

    /// <summary>The mean over models and its standard deviation.</summary>
    public void Add(string method, string metric, IReadOnlyList<double> models)
    {
        Add(method, metric, models.Average());
        if (models.Count > 1) Add(method, metric + Spread, Statistics.StandardDeviation([.. models]));
    }

    public void Add(string method, string metric, double value) =>
        file.Add(new ResultRow(dataset, scheme.Recipe.Model, scheme.Name, method, scheme.Recipe.Seed, metric, value));

    public static string Rate(double rate) => rate.ToString("0.0e+0", System.Globalization.CultureInfo.InvariantCulture);

    private void AddInterval(string method, string metric, BootstrapInterval interval)
    {
        Add(method, metric, interval.Value);
        Add(method, metric + Low, interval.Low);
        Add(method, metric + High, interval.High);
    }
}
