namespace Lethe.Verification;

/// <summary>
/// Logistic regression on one feature, fitted by Newton's method with a small ridge on the slope so that separable data have a finite
/// solution: minimises Σ log(1 + exp(−y(wx + b))) + ridge·w²/2 over the standardised feature.
/// </summary>
/// <param name="Slope">w, on the original scale of the feature.</param>
/// <param name="Intercept">b, on the original scale of the feature.</param>
public sealed record LogisticRegression(double Slope, double Intercept)
{
    /// <summary>Ridge on the standardised slope: scikit-learn's default strength (C = 1).</summary>
    public const double Ridge = 1.0;

    private const int Iterations = 100;

    /// <summary>Fits the model.</summary>
    /// <param name="feature">(N) finite values.</param>
    /// <param name="positive">(N) class of each value.</param>
    /// <exception cref="ArgumentException">The lengths differ or there are no values.</exception>
    public static LogisticRegression Fit(ReadOnlySpan<double> feature, ReadOnlySpan<bool> positive)
    {
        if (feature.Length != positive.Length || feature.IsEmpty)
            throw new ArgumentException("As many classes as values are needed, at least one.");
        var (mean, scale) = Standardisation(feature);
        double w = 0, b = 0;
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            double gw = Ridge * w, gb = 0, hww = Ridge, hwb = 0, hbb = 1e-12;
            for (var i = 0; i < feature.Length; i++)
            {
                var x = (feature[i] - mean) / scale;
                var p = 1 / (1 + Math.Exp(-(w * x + b)));
                var error = p - (positive[i] ? 1 : 0);
                var weight = p * (1 - p);
                gw += error * x;
                gb += error;
                hww += weight * x * x;
                hwb += weight * x;
                hbb += weight;
            }
            var determinant = hww * hbb - hwb * hwb;
            var stepW = (hbb * gw - hwb * gb) / determinant;
            var stepB = (hww * gb - hwb * gw) / determinant;
            w -= stepW;
            b -= stepB;
            if (Math.Abs(stepW) + Math.Abs(stepB) < 1e-12) break;
        }
        return new LogisticRegression(w / scale, b - w * mean / scale);
    }

    /// <summary>Whether the fitted probability of the positive class is at least one half.</summary>
    public bool Predict(double value) => Slope * value + Intercept >= 0;

    private static (double Mean, double Scale) Standardisation(ReadOnlySpan<double> feature)
    {
        double mean = 0, square = 0;
        foreach (var x in feature) mean += x / feature.Length;
        foreach (var x in feature) square += (x - mean) * (x - mean) / feature.Length;
        return (mean, square > 0 ? Math.Sqrt(square) : 1);
    }
}
