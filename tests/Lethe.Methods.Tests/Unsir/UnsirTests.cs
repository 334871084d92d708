using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Methods.Options;
using Lethe.Methods.Unsir;

namespace Lethe.Methods.Tests.Unsir;

public sealed class UnsirTests
{
    private static readonly (string, string) Small = ("noise-batch", "8");

    [Fact]
    public void The_objective_of_the_noise_falls_and_is_told()
    {
        using var fixture = SyntheticRun.Mlp();
        using var result = fixture.Execute("unsir", fixture.ClassRequest("r", 1));
        var noise = Assert.Single(result.Findings.Numbers, finding => finding.Name.StartsWith("noise objective", StringComparison.Ordinal));
        Assert.Equal(5, noise.Values.Count);
        Assert.True(noise.Values[^1] < noise.Values[0]);
    }

    [Fact]
    public void Without_noise_the_class_fades_by_training_on_the_others()
    {
        using var fixture = SyntheticRun.Mlp();
        using var result = fixture.Execute(
            "unsir", fixture.ClassRequest("r", 1), MethodOptions.Of(("noise", "none"), ("batch-size", "16"), ("repair-epochs", "4")));
        var (forgotten, kept) = Accuracies(fixture, result, 1);
        Assert.InRange(forgotten, 0, 0.5);
        Assert.InRange(kept, 0.7, 1);
    }

    [Fact]
    public void Requests_follow_each_other_and_two_classes_go_together()
    {
        using var fixture = SyntheticRun.Mlp();
        using (var first = fixture.Execute("unsir", fixture.ClassRequest("one", 1))) fixture.Run.Commit(first.NextIndex);
        using var second = fixture.Execute("unsir", fixture.ClassRequest("two", 0));
        Assert.Equal(1, second.NextIndex.History.Count(entry => entry.Request == "two"));
        Assert.Single(second.Findings.Numbers, finding => finding.Name.StartsWith("noise objective", StringComparison.Ordinal));
        using var other = SyntheticRun.Mlp();
        using var both = other.Execute("unsir", other.ClassRequest("both", 0, 1));
        Assert.Equal(2, both.Findings.Numbers.Count(finding => finding.Name.StartsWith("noise objective", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("noise", "random")]
    [InlineData("noise", "none")]
    [InlineData("as-published", "true")]
    [InlineData("tuned", "true")]
    [InlineData("retain-share", "0.5")]
    [InlineData("repair-epochs", "0")]
    [InlineData("noise-steps", "0")]
    public void Every_variant_costs_what_its_plan_says_and_changes_the_outcome(string option, string value)
    {
        using SyntheticRun usual = SyntheticRun.Mlp(), other = SyntheticRun.Mlp();
        var request = usual.ClassRequest("r", 2);
        var options = value == "none" ? MethodOptions.Of((option, value)) : MethodOptions.Of(Small, (option, value));
        using var expected = usual.Execute("unsir", request, MethodOptions.Of(Small));
        using var actual = other.Execute("unsir", request, options);
        Assert.Equal(other.Plan("unsir", request, options).Estimate.Samples, actual.Cost.Samples);
        Assert.NotEqual(expected.NextIndex.Served, actual.NextIndex.Served);
    }

    [Fact]
    public void Tuned_tells_what_it_rehearsed_and_takes_one_of_its_pairs()
    {
        using var fixture = SyntheticRun.Mlp();
        using var result = fixture.Execute("unsir", fixture.ClassRequest("r", 2), MethodOptions.Of(Small, ("tuned", "true")));
        Assert.Equal(2, result.Findings.Numbers.Count(finding => finding.Name.StartsWith("rehearsal", StringComparison.Ordinal) && finding.Labels!.Count == 5));
        var rate = result.Findings.Numbers.Single(finding => finding.Name == "impair: rate").Values[0];
        Assert.Contains(rate, Lethe.Methods.Unsir.RateRehearsal.Pairs.Select(pair => pair.Impair));
    }

    [Fact]
    public void Batch_norm_only_changes_statistics_and_no_weight_and_images_give_pictures()
    {
        using SyntheticRun control = SyntheticRun.Convolution(), whole = SyntheticRun.Convolution();
        var request = control.ClassRequest("r", 0);
        using var original = control.Run.Load(control.Run.Index.Served!.Value);
        using var result = control.Execute("unsir", request, MethodOptions.Of(("batch-norm-only", "true")));
        Assert.All(original.ParameterNames, name => Assert.Equal(original.Values(name), result.Candidate.Values(name)));
        Assert.Contains(original.BufferNames, name => !original.Values(name).SequenceEqual(result.Candidate.Values(name)));

        using var usual = whole.Execute("unsir", request, MethodOptions.Of(Small, ("noise-steps", "2"), ("copies", "1")));
        Assert.Equal(4, usual.Findings.Pictures.Count);
        Assert.All(usual.Findings.Pictures, picture => Assert.Equal("noise against class 0, contrast stretched", picture.Name));
        Assert.All(usual.Findings.Pictures, picture => Assert.Equal(picture.Channels * picture.Height * picture.Width, picture.Pixels.Length));
    }

    [Fact]
    public void A_class_whose_records_are_all_one_persons_gets_no_pictures()
    {
        using var fixture = SyntheticRun.Convolution();
        var data = fixture.Data.Manifest;
        Assert.False(UnsirMethod.IsOnePerson(data, 0));
        Assert.True(UnsirMethod.IsOnePerson(Of((label, _) => label), 0));
        Assert.False(UnsirMethod.IsOnePerson(Of((_, record) => record % 3), 0));

        DatasetManifest Of(Func<int, int, int> owner) => new()
        {
            Name = data.Name,
            SampleShape = data.SampleShape,
            ClassNames = data.ClassNames,
            Labels = data.Labels,
            Digest = data.Digest,
            Subjects = [.. data.Labels.Select((label, record) => new SubjectId($"s{owner(label, record)}"))],
        };
    }

    [Fact]
    public void What_it_cannot_serve_is_refused_with_a_reason()
    {
        using var fixture = SyntheticRun.Mlp();
        Assert.Contains("classes only", fixture.Plan("unsir", fixture.Request("r", 2, 7)).Refusal, StringComparison.Ordinal);
        Assert.Contains("records and subjects only", fixture.Plan("unsir-records", fixture.ClassRequest("r", 0)).Refusal, StringComparison.Ordinal);
        Assert.Contains("batch normalisation", fixture.Plan("unsir", fixture.ClassRequest("r", 0), MethodOptions.Of(("batch-norm-only", "true"))).Refusal, StringComparison.Ordinal);
        Assert.Contains("retained class", fixture.Plan("unsir", fixture.ClassRequest("r", 0, 1), MethodOptions.Of(("tuned", "true"))).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("retain-per-class", "retain-share")]
    [InlineData("batch-norm-only", "copies")]
    [InlineData("tuned", "impair-lr")]
    [InlineData("tuned", "as-published")]
    public void Options_that_contradict_each_other_are_refused(string one, string other)
    {
        using var fixture = SyntheticRun.Mlp();
        string Value(string name) => name is "batch-norm-only" or "tuned" or "as-published" ? "true" : "1";
        var error = Assert.Throws<UsageException>(() =>
            fixture.Plan("unsir", fixture.ClassRequest("r", 0), MethodOptions.Of((one, Value(one)), (other, Value(other)))));
        Assert.Contains("contradict", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_adaptation_to_records_pushes_noise_away_from_forgotten_outputs_and_says_that_it_is_one()
    {
        using var fixture = SyntheticRun.Mlp();
        var request = fixture.Request("r", 6, 3, 8);
        Assert.Contains("adapted", fixture.Plan("unsir-records", request).Steps[0].Action, StringComparison.Ordinal);
        using var result = fixture.Execute("unsir-records", request);
        Assert.Contains(result.Findings.Numbers, finding => finding.Name.StartsWith("adaptation", StringComparison.Ordinal) && finding.Values[0] > 0);
    }

    private static (double Forgotten, double Kept) Accuracies(SyntheticRun fixture, UnlearningResult result, int label)
    {
        using var module = fixture.Run.CreateModel();
        result.Candidate.CopyTo(module);
        var found = new Training.Training.Evaluator().Evaluate(module, fixture.Data, fixture.Run.Normalization);
        double Rate(bool inside)
        {
            int[] chosen = [.. Enumerable.Range(0, fixture.Data.Count).Where(i => (found.Labels[i] == label) == inside && !fixture.Run.Index.Deleted.Contains(i))];
            return chosen.Count(i => found.Predictions[i] == found.Labels[i]) / (double)chosen.Length;
        }
        return (Rate(true), Rate(false));
    }
}
