using Lethe.Core.Records;
using Lethe.Methods.Options;

namespace Lethe.Methods.Tests;

/// <summary>The promises that other layers could break: batch normalisation with a state, dropout with draws of its own, attention with weights for all heads.</summary>
public sealed class OtherNetworksTests
{
    public static TheoryData<string, string> MethodsByNetwork => new MatrixTheoryData<string, string>(
        [.. MethodCatalog.All.Where(method => !method.Descriptor.Needs.HasFlag(MethodNeeds.Shards)).Select(method => method.Descriptor.Name)],
        ["batch norm", "dropout", "attention"]).Aggregate(new TheoryData<string, string>(), (data, row) => { data.Add(row); return data; });

    [Theory]
    [MemberData(nameof(MethodsByNetwork))]
    public void The_same_request_gives_the_same_digests_at_the_counted_price(string method, string network)
    {
        using SyntheticRun one = Of(network), two = Of(network);
        var request = one.Asked(method, "r", 2, 2, 4);
        var plan = one.Plan(method, request);
        Assert.Null(plan.Refusal);
        var store = one.Run.Store;
        var before = store.List().ToHashSet();
        using var first = one.Execute(method, request);
        using var second = two.Execute(method, request);
        Assert.Equal(first.NextIndex.Served, second.NextIndex.Served);
        Assert.InRange(first.Cost.Samples, 1, plan.Estimate.Samples);
        var report = StorageTests.ReportBytes(store, store.List().Where(digest => !before.Contains(digest)));
        Assert.InRange(first.Cost.BytesWritten - report, 1, plan.Estimate.BytesWritten);
        Assert.NotEqual(one.Run.Index.Served, first.NextIndex.Served);
        Assert.All(first.Candidate.ParameterNames, name => Assert.All(first.Candidate.Values(name), x => Assert.True(float.IsFinite(x))));
    }

    [Theory]
    [MemberData(nameof(MethodsByNetwork))]
    public void Records_that_a_method_promises_not_to_read_do_not_matter(string method, string network)
    {
        var needs = MethodCatalog.Find(method).Descriptor.Needs;
        using SyntheticRun clean = Of(network), poisoned = Of(network);
        var request = clean.Asked(method, "r", 2, 2, 4);
        var forgotten = request.Records.ToHashSet();
        if (!needs.HasFlag(MethodNeeds.ForgetSet)) poisoned.Poison(request.Records);
        if (!needs.HasFlag(MethodNeeds.RetainSet))
            poisoned.Poison(Enumerable.Range(0, poisoned.Data.Manifest.Count).Select(record => new RecordId(record)).Where(record => !forgotten.Contains(record)));
        using var expected = clean.Execute(method, request);
        using var actual = poisoned.Execute(method, request);
        Assert.Equal(expected.NextIndex.Served, actual.NextIndex.Served);
    }

    [Theory]
    [InlineData("scrub", "forget-batch-size")]
    [InlineData("scrub", "batch-size")]
    [InlineData("random-labels", "batch-size")]
    public void Batches_of_one_record_are_refused_where_batch_normalisation_would_see_them(string method, string option)
    {
        using SyntheticRun normalised = Of("batch norm"), plain = Of("dropout");
        var ones = MethodOptions.Of((option, "1"));
        Assert.Contains($"--{option} 1", normalised.Plan(method, normalised.Asked(method, "r", 2, 2, 4), ones).Refusal!, StringComparison.Ordinal);
        Assert.Null(plain.Plan(method, plain.Asked(method, "r", 2, 2, 4), ones).Refusal);
    }

    [Fact]
    public void Selective_dampening_squares_single_gradients_also_with_batch_normalisation()
    {
        using var run = Of("batch norm");
        Assert.Null(run.Plan("ssd", run.Asked("ssd", "r", 2, 2, 4), MethodOptions.Of(("batch-size", "1"))).Refusal);
    }

    private static SyntheticRun Of(string network) => network switch
    {
        "dropout" => SyntheticRun.Dropping(),
        "attention" => SyntheticRun.Attention(),
        _ => SyntheticRun.Residual(),
    };
}
