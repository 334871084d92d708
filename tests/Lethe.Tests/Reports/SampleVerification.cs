using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Verdicts;
using Lethe.Operations;
using Lethe.Reports;

namespace Lethe.Tests.Reports;

internal static class SampleVerification
{
    public static VerificationReport Create() => new()
    {
        Verdict = Verdict(),
        Setting = [new Fact("data", "npz:<data>, 3,000 records")],
        Measures =
        [
            new Comparison("accuracy on forgotten records", "Top-1.", "equals gold within its spread", FigureFormat.Percent) { Original = 0.9, Unlearned = 0.4, Gold = new Spread(0.1, 0.02, 5) },
            new Comparison("agreement with gold on unseen records", "Share of equal answers.", "at least the noise floor", FigureFormat.Percent) { Unlearned = 0.95, NoiseFloor = 0.96, HasPower = true },
        ],
        Scores = [new ScoreComparison("logit-scaled confidence", "High means sure.", [Scores("original", 9), Scores("unlearned", 4), Scores("gold", 2)])],
        Triggers = [Trigger()],
        Classes = new ClassTable([new ClassRow("<cat>", 12, 0.9, 0.7, 0.72), new ClassRow("a dog with a very long name", 0, null, 0.8, null)]),
        Memory = new MemoryCurve(0.4, [0.35, 0.3, 0.1]),
        Gradients = [new GradientRow(Picture("<cat>, unseen record", 1), [Picture("original", 3), Picture("unlearned", 3), Picture("gold", 3)])],
        Notes = ["The original's column holds what was measured before."],
    };

    public static Verdict Verdict() => new()
    {
        Kind = VerdictKind.Incomplete,
        Model = Digest.OfText("after"),
        Request = "request-0001",
        Records = 100,
        Method = "deep-obliviate",
        Guarantee = Guarantee.Approximate,
        Policy = Digest.OfText("policy"),
        Alpha = 0.01,
        Golds = [2, 3, 4],
        Tests =
        [
            Test(VerdictMeasures.ForgottenAccuracy, 0.9, 0.4, TestOutcome.Outside),
            Test(VerdictMeasures.ForgottenLoss, 0.2, 0.12, TestOutcome.Within),
            Test(VerdictMeasures.MembershipConfidence, 0.8, 0.13, TestOutcome.Within),
            Test(VerdictMeasures.ForgottenDivergence, 5, 0.11, TestOutcome.Abstained) with { NullLow = double.NegativeInfinity },
            Test(VerdictMeasures.ZeroRetrainForgetting, null, double.NaN, TestOutcome.Abstained) with { NullLow = double.NaN, NullHigh = double.NaN, P = double.NaN, AdjustedP = double.NaN, Golds = [double.NaN, double.NaN, double.NaN] },
        ],
        Retests = [Test(VerdictMeasures.RelearnedLoss, 0.3, 0.1, TestOutcome.Within) with { NullHigh = double.PositiveInfinity }],
        Control = new NegativeControl(VerdictKind.Incomplete, [VerdictMeasures.ForgottenAccuracy], "figures taken before it was destroyed"),
        Alarms = [new VerdictAlarm(VerdictAlarm.Damaged, "It lost <b>9 %</b>.")],
        Neighbours = new NeighbourPrivacy(200, 0.55, 0.54, [0.53, 0.55, 0.54], false),
        Reasons = ["INCOMPLETE: a test tells it from gold.", "forgotten-accuracy is <too> high."],
        At = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };

    public static VerdictTest Test(string name, double? original, double candidate, TestOutcome outcome) => new()
    {
        Name = name,
        Definition = "How it is computed.",
        Original = original,
        Candidate = candidate,
        Golds = [0.08, 0.1, 0.12],
        NullLow = 0.02,
        NullHigh = 0.18,
        P = 0.001,
        AdjustedP = 0.01,
        Power = 0.9999,
        Detectable = 0.2,
        Outcome = outcome,
        Why = "It lies where it lies.",
    };

    private static TriggerFigures Trigger() => new(
        new HitRate("original", 290, 300, 0.94, 0.98), new HitRate("unlearned", 12, 300, 0.02, 0.07), 0.94, 0.12, 1e-3, 30, 11, 0.999999, "Deleted.",
        [.. Enumerable.Range(0, 20).Select(i => new PowerPoint(1 + i * 3, 1 - Math.Exp(-i / 3.0)))]);

    private static ModelScores Scores(string model, double mean)
    {
        double[] Around(double centre, int count) => [.. Enumerable.Range(0, count).Select(i => centre + 3 * Math.Sin(i * 12.9898))];
        return new ModelScores(model, ScoreFigures.Of(Around(mean, 100), Around(2, 2000), -20, 40, 0.5)!);
    }

    private static RecordPicture Picture(string label, int channels) =>
        new(label, 8, 8, channels, Enumerable.Range(0, 64 * channels).Select(p => (byte)(p * 3)).ToArray());
}
