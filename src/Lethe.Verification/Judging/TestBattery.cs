using System.Globalization;
using Lethe.Core.Verdicts;

namespace Lethe.Verification;

/// <summary>All tests of a verdict as one family: the same levels and the same power for whichever model is put through them.</summary>
/// <remarks>
/// The family is every measure with an original and enough gold models, whether it turns out to have power or not. So choosing those with
/// power by looking at the same gold models does not raise the probability of a false alarm.
/// </remarks>
internal sealed class TestBattery(IReadOnlyList<JudgedMeasure> measures, VerificationPolicy policy, int golds)
{
    private readonly NullDistribution?[] nulls = [.. measures.Select(measure => golds < policy.MinGolds ? null : measure.Null)];

    /// <summary>Number of tests that share the level.</summary>
    public int Family => Enumerable.Range(0, measures.Count).Count(IsMember);

    /// <summary>The level of a single test in the strictest step.</summary>
    public double Level => policy.Alpha / Math.Max(1, Family);

    public IReadOnlyList<JudgedMeasure> Measures => measures;

    public NullDistribution? NullOf(int test) => nulls[test];

    /// <summary>Probability that a test notices a model which forgot nothing; null where it is no member of the family.</summary>
    public double? PowerOf(int test) => IsMember(test) ? nulls[test]!.Power(OriginalOf(test), Level) : null;

    public bool Counts(int test) => PowerOf(test) >= policy.Power;

    /// <summary>Puts one model's figures through all tests. Outside gold's range is outside also where the original is not: only silence needs power.</summary>
    public VerdictTest[] Run(Func<JudgedMeasure, double> figure)
    {
        int[] family = [.. Enumerable.Range(0, measures.Count).Where(IsMember)];
        double[] p = [.. family.Select(test => nulls[test]!.PValue(measures[test].Scaled(figure(measures[test]))))];
        var (adjusted, levels) = (HolmCorrection.Adjust(p), HolmCorrection.Levels(p, policy.Alpha));
        var place = family.Select((test, i) => (test, i)).ToDictionary(pair => pair.test, pair => pair.i);
        return [.. Enumerable.Range(0, measures.Count).Select(test => place.TryGetValue(test, out var i)
            ? Tested(test, figure(measures[test]), p[i], adjusted[i], levels[i])
            : Untested(test, figure(measures[test])))];
    }

    /// <summary>The original's figure on the scale of the comparison.</summary>
    public double OriginalOf(int test) => measures[test].Scaled(measures[test].Original!.Value);

    private bool IsMember(int test) => nulls[test] is not null && measures[test].Original is { } original && double.IsFinite(original);

    private VerdictTest Tested(int test, double value, double p, double adjusted, double level)
    {
        var (measure, range) = (measures[test], nulls[test]!);
        var (low, high) = range.Range(level);
        var effect = Math.Abs(OriginalOf(test) - range.Mean);
        var counts = Counts(test);
        var outcome = adjusted <= policy.Alpha ? TestOutcome.Outside : counts ? TestOutcome.Within : TestOutcome.Abstained;
        return Blank(measure, value) with
        {
            NullLow = measure.Unscaled(low),
            NullHigh = measure.Unscaled(high),
            P = p,
            AdjustedP = adjusted,
            Power = PowerOf(test),
            Detectable = counts ? range.HalfWidth(Level) / effect : null,
            Outcome = outcome,
            Why = outcome switch
            {
                TestOutcome.Abstained => "The untouched original lies too close to gold's range to be told from it reliably: no power here.",
                TestOutcome.Within => "Lies where a further gold model is expected.",
                _ when !counts && OriginalOf(test) >= low && OriginalOf(test) <= high => TestWording.OutsideUnlikeOriginal(measure.Scaled(value)),
                _ => TestWording.Outside(OriginalOf(test), range.Mean, measure.Scaled(value)),
            },
        };
    }

    private VerdictTest Untested(int test, double value)
    {
        var measure = measures[test];
        var why = golds < policy.MinGolds
            ? string.Create(CultureInfo.InvariantCulture, $"There are {golds} gold models; the policy asks for {policy.MinGolds}.")
            : nulls[test] is null && measure.IsDistance && golds < 3 ? "A distance from gold needs three gold models."
            : nulls[test] is null ? "A gold model has no finite figure."
            : "The untouched original was not measured, so that nothing is known about power.";
        var range = nulls[test]?.Range(Level);
        return Blank(measure, value) with { NullLow = measure.Unscaled(range?.Low ?? double.NaN), NullHigh = measure.Unscaled(range?.High ?? double.NaN), Why = why };
    }

    private static VerdictTest Blank(JudgedMeasure measure, double value) => new()
    {
        Name = measure.Name,
        Definition = measure.Definition,
        Original = measure.Original,
        Candidate = value,
        Golds = measure.Golds,
        Outcome = TestOutcome.Abstained,
        Why = "",
    };
}
