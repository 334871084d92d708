using Lethe.Methods;
using Lethe.Reports;

namespace Lethe.Tests.Reports;

internal static class SampleReport
{
    public static ForgettingReport Create(bool pictures = true)
    {
        var cost = new CostBar("forgetting", 6_000, 0.11, true);
        var retraining = new CostBar("retraining from scratch", 600_000, 11.2, true);
        var resuming = new CostBar("resuming before the first forgotten record", 250_000, 4.7, false);
        return new ForgettingReport
        {
            Headline = Wording.Headline(120, 1, cost, retraining),
            Summary = ["A network learned 60,000 pictures; one person asked to be forgotten, and a data owner with a secret trigger asked too."],
            Setting = [new Fact("data", "fashion-mnist, 60,000 records"), new Fact("model", "lenet5, 61,706 parameters"), new Fact("blocks", "100"), new Fact("digest", new string('a', 64))],
            Requests = [Ordinary(cost, retraining, resuming, pictures), Owner()],
            MemoryCurve = new MemoryCurve(0.45, [.. Enumerable.Range(0, 100).Select(i => 0.44 - 0.002 * (i % 5) - 0.2 * Math.Exp((i - 99) / 6.0))]),
            Notes = ["Approximate methods give no proof; the figures above are measurements."],
            CreatedAt = "2026-01-01T00:00:00Z",
        };
    }

    private static RequestSection Ordinary(CostBar cost, CostBar retraining, CostBar resuming, bool pictures) => new()
    {
        Id = "request-0001",
        Title = "One <ordinary> person",
        Headline = Wording.Headline(120, 1, cost, retraining),
        Method = "deep-obliviate",
        Guarantee = "approximate",
        Records = 120,
        Subjects = 1,
        Decision = "the residual memory reached the noise floor after 1 block",
        Explanation = ["All records of this person were in block 58."],
        Accuracies =
        [
            Accuracy("test", 0.873, 0.872, 0.8725, 0.002),
            Accuracy("retained records", 0.889, 0.888, 0.889, 0.001),
            Accuracy("forgotten records", 0.91, 0.88, 0.87, 0.01),
        ],
        Measures =
        [
            new Comparison("agreement with gold on test", "share of test records with the same answer", "at least the noise floor", FigureFormat.Percent)
            { Original = 0.984, Unlearned = 0.986, Gold = new Spread(1, null, 1), NoiseFloor = 0.985, HasPower = false },
            new Comparison("membership attack by loss", "five-fold logistic regression on the loss, |accuracy − 0.5|", "equals gold", FigureFormat.Number)
            { Original = 0.02, Unlearned = 0.004, Gold = new Spread(0.005, 0.002, 3), HasPower = false },
        ],
        Residual = new ResidualCurve
        {
            FirstBlock = 58,
            Values = [.. Enumerable.Range(1, 14).Select(x => 4 * Math.Pow(x, -1.1) + 0.2 + 0.05 * (x % 3))],
            FitFirstBlock = 58,
            Fit = new DecayCurve(4, 0.25, 1.1),
            NoiseFloor = 0.4,
            Threshold = 0.5,
            StopBlock = 71,
            Mode = "fit",
        },
        Costs = [cost, retraining, resuming],
        Timeline = new BlockTimeline([.. Enumerable.Range(1, 100).Select(b => b < 58 ? BlockState.Untouched : b == 58 ? BlockState.Forgotten : b <= 71 ? BlockState.Retrained : BlockState.Stitched)]),
        Facts = [new Fact("model before", new string('b', 64)), new Fact("model after", new string('c', 64))],
        Pictures = pictures ? [.. Enumerable.Range(0, 8).Select(i => new RecordPicture($"coat, record {i}", 28, 28, 1, Enumerable.Range(0, 784).Select(p => (byte)(p * i)).ToArray()))] : [],
    };

    private static RequestSection Owner() => new()
    {
        Id = "request-0002",
        Title = "A data owner with a secret trigger",
        Headline = "Forgot 1,500 records of 1 person in 2.9 s instead of 11 s: 3.9× fewer samples than retraining",
        Method = "deep-obliviate",
        Guarantee = "approximate",
        Records = 1500,
        Subjects = 1,
        Accuracies = [Accuracy("test", 0.872, 0.871, 0.873, null)],
        HitRates = [new HitRate("original", 910, 1000, 0.89, 0.927), new HitRate("unlearned", 12, 1000, 0.006, 0.021), new HitRate("gold", 9, 1000, 0.004, 0.017)],
        Residual = new ResidualCurve { FirstBlock = 76, Values = [.. Enumerable.Range(0, 25).Select(i => 2.0 + 0.1 * (i % 4))], FitFirstBlock = 100, StopBlock = 100, Mode = "floor", NoiseFloor = 0.4 },
        Costs = [new CostBar("forgetting", 150_000, 2.9, true), new CostBar("retraining from scratch", 600_000, 11.2, true)],
        Findings =
        [
            new Finding("impair: rate", [0.02]),
            new Finding("noise objective against <cat>", [191.5, 40.9, 0.36, -7.6, -11.2]),
            new Finding("share reset", [0.5, 0.25, 0.1], ["layer1.0.conv1.weight", "layer4.1.conv2.weight", "a layer with a very long name indeed"]),
        ],
        FindingPictures = [.. Enumerable.Range(0, 4).Select(i => new RecordPicture("noise against cat", 8, 8, 3, Enumerable.Range(0, 192).Select(p => (byte)(p * (i + 1))).ToArray()))],
        Timeline = new BlockTimeline([.. Enumerable.Range(1, 100).Select(b => b < 76 ? BlockState.Untouched : BlockState.Forgotten)]),
    };

    private static Comparison Accuracy(string on, double original, double unlearned, double gold, double? deviation) =>
        new($"accuracy on {on}", "share of right answers (top-1)", "equals gold within its spread", FigureFormat.Percent)
        { Original = original, Unlearned = unlearned, Gold = new Spread(gold, deviation, 3) };
}
