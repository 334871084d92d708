using Lethe.Methods.Baselines;
using Lethe.Methods.Editing;
using Lethe.Methods.Unsir;
using Lethe.Torch;
using Lethe.Training.Training;

namespace Lethe.Methods.Tests.Baselines;

/// <summary>Update rules that begin with something drawn, against <see cref="HandMlp"/>: what is drawn is read off, the rest computed by hand.</summary>
public sealed class HandComputedTests
{
    private const float Tolerance = 2e-5f;
    private const string Nothing = "1e-30";

    [Fact]
    public void EuKDrawsTheLastLayerAnewAndTrainsItAtAFallingRate()
    {
        using var run = new FormulaRun();
        using var served = run.State(1.0);
        using var drawn = run.Execute(ExactUnlearningOfLastLayers.Name, ("k", "1"), ("epochs", "1"), ("lr", Nothing));
        double[] weights = [.. drawn.Candidate.Values(HandMlp.LastWeight).Concat(drawn.Candidate.Values(HandMlp.LastBias)).Select(value => (double)value)];
        Assert.All(weights, weight => Assert.InRange(Math.Abs(weight), 0, 1 / Math.Sqrt(6)));
        Assert.Equal(weights.Length, weights.Distinct().Count());
        Assert.True(weights.Max() - weights.Min() > 1 / Math.Sqrt(6));

        using var result = run.Execute(ExactUnlearningOfLastLayers.Name, ("k", "1"), ("epochs", "3"), ("lr", "0.3"));
        var net = new HandMlp(drawn.Candidate);
        var (inputs, labels) = Rows(run, Retained(run));
        foreach (var rate in new[] { 0.3, 0.2, 0.1 })
        {
            var (gradients, _) = net.Derive(inputs, (row, logits) => HandMlp.CrossEntropyError(logits, labels[row], 1.0 / inputs.Length));
            foreach (var name in new[] { HandMlp.LastWeight, HandMlp.LastBias })
                for (var i = 0; i < net.Values[name].Length; i++) net.Values[name][i] -= rate * (gradients[name][i] + 0.01 * net.Values[name][i]);
        }
        Matches(net, result.Candidate);
        Assert.Equal(served.Values(HandMlp.FirstWeight), result.Candidate.Values(HandMlp.FirstWeight));
    }

    [Fact]
    public void BadTeacherDistilsFromTheIgnorantNetworkAndTheOriginal()
    {
        const double temperature = 2;
        using var run = new FormulaRun();
        using var result = run.Execute(BadTeacher.Name, ("epochs", "4"), ("lr", "0.02"), ("retain-share", "1"), ("temperature", "2"));
        using var edit = run.Edit(BadTeacher.Name);
        using var fresh = StateDict.FromModule(edit.Fresh());
        using var original = run.State(1.0);
        var (student, ignorant, knowing) = (new HandMlp(original), new HandMlp(fresh), new HandMlp(original));
        var (inputs, _) = Rows(run, Enumerable.Range(0, FormulaRun.Records));
        var targets = inputs.Select((input, record) => HandMlp.Softmax((edit.Forgotten.Records.Contains(record) ? ignorant : knowing).Logits(input), temperature)).ToArray();
        var adam = new HandAdam(0.02);
        for (var epoch = 0; epoch < 4; epoch++)
        {
            var (gradients, _) = student.Derive(inputs, (row, logits) =>
                [.. HandMlp.Softmax(logits, temperature).Zip(targets[row], (own, taught) => (own - taught) / temperature / inputs.Length)]);
            adam.Step(student.Values.Select(entry => (entry.Value, gradients[entry.Key])));
        }
        Matches(student, result.Candidate);
    }

    [Fact]
    public void UnsirForRecordsPushesNoiseAwayAndTeachesItAsRetained()
    {
        const ulong noisePurpose = 1;
        const double noiseRate = 0.05, impairRate = 0.1, repairRate = 0.2;
        using var run = new FormulaRun();
        using var result = run.Execute(
            UnsirRecordsMethod.Name, ("epochs", "1"), ("noise-steps", "3"), ("noise-rate", "0.05"), ("impair-lr", "0.1"), ("repair-lr", "0.2"));
        using var edit = Begun(run, UnsirRecordsMethod.Name);
        using var original = run.State(1.0);
        var net = new HandMlp(original);
        var (gone, _) = Rows(run, edit.Batches(edit.Forgotten, 3, 0)[0]);
        var (stays, labels) = Rows(run, edit.Batches(edit.Retained, 3, 1)[0].Take(3));
        double[][] noise = Noise();
        var adam = new HandAdam(noiseRate);
        for (var step = 0; step < 3; step++)
        {
            var (_, byNoise) = net.Derive(noise, (row, logits) => [.. logits.Zip(net.Logits(gone[row]), (own, far) => -2 * (own - far) / 6)]);
            adam.Step(noise.Zip(byNoise));
        }

        double[][] pair = [.. noise, .. stays];
        Descend(net, impairRate, pair, row => labels[row % 3], 2.0 / 6);
        var (all, own) = Rows(run, Retained(run));
        Descend(net, repairRate, all, row => own[row], 1.0 / 7);
        Matches(net, result.Candidate);

        double[][] Noise()
        {
            using var generator = new Generator(edit.Seed(noisePurpose, 0));
            using var drawn = torch.randn([3, FormulaRun.Features], generator);
            return [.. drawn.data<float>().Select(value => (double)value).Chunk(FormulaRun.Features)];
        }
    }

    [Fact]
    public void MsgResetsTheWeightsAtWhichForgottenAndAsManyRetainedRecordsPullMostEqually()
    {
        const ulong drawPurpose = 0x44524157;
        using var run = new FormulaRun();
        using var result = run.Execute(MaskedSmallGradients.Name, ("share", "0.3"), ("epochs", "1"), ("lr", Nothing));
        using var edit = Begun(run, MaskedSmallGradients.Name);
        using var original = run.State(1.0);
        var net = new HandMlp(original);
        double[] Gradient(IEnumerable<int> records)
        {
            var (inputs, labels) = Rows(run, records);
            return net.Derive(inputs, (row, logits) => HandMlp.CrossEntropyError(logits, labels[row], 1.0 / inputs.Length)).Parameters[HandMlp.FirstWeight];
        }
        var scores = Gradient(edit.Retained.Draw(3, edit.Seed(drawPurpose)).Records)
            .Zip(Gradient(edit.Forgotten.Records), (kept, gone) => Math.Abs(kept - gone)).ToArray();
        int[] chosen = [.. Enumerable.Range(0, scores.Length).OrderBy(i => scores[i]).Take(7).Order()];

        var (before, after) = (original.Values(HandMlp.FirstWeight), result.Candidate.Values(HandMlp.FirstWeight));
        Assert.Equal(chosen, Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]));
        foreach (var name in new[] { HandMlp.FirstBias, HandMlp.LastWeight, HandMlp.LastBias })
            Assert.Equal(original.Values(name), result.Candidate.Values(name));
        var told = Assert.Single(result.Findings.Numbers, finding => finding.Name == "share reset");
        Assert.Equal(7.0 / 24, Assert.Single(told.Values));
        Assert.Equal(HandMlp.FirstWeight, Assert.Single(told.Labels!));
    }

    private static void Descend(HandMlp net, double rate, double[][] inputs, Func<int, int> label, double weight)
    {
        var (gradients, _) = net.Derive(inputs, (row, logits) => HandMlp.CrossEntropyError(logits, label(row), weight));
        foreach (var (name, values) in net.Values)
            for (var i = 0; i < values.Length; i++) values[i] -= rate * gradients[name][i];
    }

    private static Edit Begun(FormulaRun run, string method)
    {
        var edit = run.Edit(method);
        edit.Begin(1, edit.Memory, TestContext.Current.CancellationToken);
        return edit;
    }

    private static IEnumerable<int> Retained(FormulaRun run) =>
        Enumerable.Range(0, FormulaRun.Records).Except(run.Request.Records.Select(record => record.Value));

    private static (double[][] Inputs, int[] Labels) Rows(FormulaRun run, IEnumerable<int> records)
    {
        int[] chosen = [.. records];
        var samples = FormulaRun.Formula(FormulaRun.Records * FormulaRun.Features, 0.3, 1.5).Select(value => (double)value).Chunk(FormulaRun.Features).ToArray();
        return ([.. chosen.Select(record => samples[record])], [.. chosen.Select(record => run.Data.Manifest.Labels[record])]);
    }

    private static void Matches(HandMlp expected, StateDict actual)
    {
        foreach (var (name, values) in expected.Values)
        {
            var found = actual.Values(name);
            for (var i = 0; i < values.Length; i++) Assert.True(Math.Abs(values[i] - found[i]) < Tolerance, $"{name}[{i}] is {found[i]}, not {values[i]}.");
        }
    }
}
