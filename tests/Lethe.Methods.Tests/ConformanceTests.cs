using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Methods.Options;

namespace Lethe.Methods.Tests;

/// <summary>What every method must do, whatever it does.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string> Methods => [.. MethodCatalog.Names];

    /// <summary>Those that promise not to read D_f.</summary>
    public static TheoryData<string> Blind => [.. MethodCatalog.Names.Where(method => !Needs(method).HasFlag(MethodNeeds.ForgetSet))];

    /// <summary>Those that promise not to read D_r.</summary>
    public static TheoryData<string> BlindToRetained => [.. MethodCatalog.Names.Where(method => !Needs(method).HasFlag(MethodNeeds.RetainSet))];

    /// <summary>Those whose outcome depends on what is drawn.</summary>
    public static TheoryData<string> Drawing => [.. MethodCatalog.Names.Except(["ssd", "boundary-shrink"])];

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_same_request_gives_the_same_digests(string method)
    {
        using SyntheticRun one = SyntheticRun.For(method), two = SyntheticRun.For(method);
        using var first = one.Execute(method, one.Asked(method, "a", 2, 4, 9));
        using var second = two.Execute(method, two.Asked(method, "b", 2, 4, 9));
        Assert.Equal(first.NextIndex.Served, second.NextIndex.Served);
        Assert.Equal(first.NextIndex.Checkpoints, second.NextIndex.Checkpoints);
    }

    [Theory]
    [MemberData(nameof(Blind))]
    public void Deleted_records_are_never_read(string method)
    {
        using SyntheticRun clean = SyntheticRun.For(method), poisoned = SyntheticRun.For(method);
        var request = clean.Asked(method, "r", 3, 4, 9);
        poisoned.Poison(request.Records);
        using var expected = clean.Execute(method, request);
        using var actual = poisoned.Execute(method, request);
        Assert.Equal(expected.NextIndex.Served, actual.NextIndex.Served);
        Assert.All(actual.Candidate.ParameterNames, name => Assert.All(actual.Candidate.Values(name), x => Assert.True(float.IsFinite(x))));
    }

    [Theory]
    [MemberData(nameof(BlindToRetained))]
    public void Retained_records_are_never_read_without_the_need(string method)
    {
        using SyntheticRun clean = SyntheticRun.For(method), poisoned = SyntheticRun.For(method);
        var request = clean.Asked(method, "r", 3, 4, 9);
        var forgotten = request.Records.ToHashSet();
        poisoned.Poison(Enumerable.Range(0, poisoned.Data.Manifest.Count).Select(record => new RecordId(record)).Where(record => !forgotten.Contains(record)));
        using var expected = clean.Execute(method, request);
        using var actual = poisoned.Execute(method, request);
        Assert.Equal(expected.NextIndex.Served, actual.NextIndex.Served);
    }

    [Theory]
    [MemberData(nameof(Drawing))]
    public void Another_seed_draws_otherwise(string method)
    {
        using SyntheticRun one = SyntheticRun.For(method), two = SyntheticRun.For(method);
        using var first = one.Execute(method, one.Asked(method, "r", 2, 4, 9));
        two.Reseed(77);
        using var second = two.Execute(method, two.Asked(method, "r", 2, 4, 9));
        Assert.NotEqual(first.NextIndex.Served, second.NextIndex.Served);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Records_of_earlier_requests_are_never_read_either(string method)
    {
        using SyntheticRun clean = SyntheticRun.For(method), poisoned = SyntheticRun.For(method);
        var earlier = clean.Request("earlier", 2, 7);
        var digests = new[] { clean, poisoned }.Select(run =>
        {
            using (var result = run.Execute(method == "sisa" ? "sisa" : "retrain", earlier)) run.Run.Commit(result.NextIndex);
            if (run == poisoned) run.Poison(earlier.Records);
            using var later = run.Execute(method, run.Asked(method, "later", 1, 6));
            return later.NextIndex.Served;
        }).ToList();
        Assert.Equal(digests[0], digests[1]);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Cost_is_what_the_plan_counted_and_the_run_is_untouched_until_the_commit(string method)
    {
        using var fixture = SyntheticRun.For(method);
        var options = method == "deep-obliviate" ? MethodOptions.Of(("floor-factor", "1e9"), ("max-change", "1e9")) : MethodOptions.None;
        var request = fixture.Asked(method, "r", 2, 7);
        var plan = fixture.Plan(method, request, options);
        var before = fixture.Run.Index;
        using var forward = new ForwardPasses();
        using var result = fixture.Execute(method, request, options);

        Assert.Equal(forward.Samples, result.Cost.Samples);
        Assert.Equal(plan.Steps.Sum(step => step.Samples), plan.Estimate.Samples);
        if (StopsEarly(method)) Assert.InRange(result.Cost.Samples, 1, plan.Estimate.Samples);
        else Assert.Equal(plan.Estimate.Samples, result.Cost.Samples);
        Assert.True(result.Cost.BytesRead > 0 && result.Cost.BytesWritten > 0 && result.Cost.Seconds > 0);
        var (count, first) = (request.Records.Count, fixture.FirstBlock(request));
        if (method != "sisa")
        {
            Assert.Equal((240 - count) * 2, result.Retraining.Samples);
            Assert.Equal(((SyntheticRun.Blocks - first + 1) * 20 - count) * 2, result.Resuming.Samples);
        }
        Assert.Same(before, fixture.Run.Index);

        fixture.Run.Commit(result.NextIndex);
        var entry = Assert.Single(fixture.Run.Index.History);
        Assert.Equal(("r", method, count, first), (entry.Request, entry.Method, entry.Records, entry.FirstBlock));
        Assert.Equal(result.Cost, entry.Cost);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_checkpoint_that_remembers_is_destroyed_by_the_commit(string method)
    {
        using var fixture = SyntheticRun.For(method);
        var old = fixture.Run.Index.Checkpoints;
        var request = fixture.Asked(method, "r", 2, 7);
        using var result = fixture.Execute(method, request);
        fixture.Run.Commit(result.NextIndex);
        for (var block = 0; block <= SyntheticRun.Blocks; block++)
            Assert.Equal(block < fixture.FirstBlock(request) || (method == "sisa" && block > 9), fixture.Run.Store.Contains(old[block]!.Value));
        Assert.Equal(
            fixture.Run.Index.References().Order(), fixture.Run.Store.List().Order());
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_cancelled_request_goes_on_after_every_block_with_the_same_bits(string method)
    {
        using SyntheticRun whole = SyntheticRun.For(method), cut = SyntheticRun.For(method);
        var options = method == "deep-obliviate" ? MethodOptions.Of(("min-blocks", "4")) : MethodOptions.None;
        var request = whole.Asked(method, "r", 2, 4, 6);
        using var expected = whole.Execute(method, request, options);
        var index = File.ReadAllBytes(Path.Combine(cut.Directory, "index.json"));

        // The n-th attempt is cancelled when it is about to train block n, until one gets to its end.
        for (var reports = 1; ; reports++)
        {
            using var watch = new CancelAt(reports);
            try
            {
                using var actual = cut.ExecuteWatched(method, request, options, watch);
                Assert.Equal(expected.NextIndex.Served, actual.NextIndex.Served);
                Assert.Equal(expected.NextIndex.Checkpoints, actual.NextIndex.Checkpoints);
                Assert.Equal((expected.Cost.Samples, expected.Cost.BytesWritten), (actual.Cost.Samples, actual.Cost.BytesWritten));
                Assert.True(reports > (method is "deep-obliviate" or "retrain" ? 4 : method is "sisa" ? 2 : 1), $"Only {reports - 1} interruptions.");
                return;
            }
            catch (OperationCanceledException)
            {
                Assert.Equal(index, File.ReadAllBytes(Path.Combine(cut.Directory, "index.json")));
                cut.Reopen();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Refusals_come_before_any_work(string method)
    {
        using var fixture = SyntheticRun.For(method);
        var request = fixture.Asked(method, "r", 2, 7);
        using (var result = fixture.Execute(method, request)) fixture.Run.Commit(result.NextIndex);
        var plan = fixture.Plan(method, request);
        Assert.NotNull(plan.Refusal);
        Assert.Empty(plan.Steps);
        Assert.Throws<UsageException>(() => MethodCatalog.Find(method).Execute(plan, request, fixture.Context(), TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_plan_of_another_request_is_refused(string method)
    {
        using var fixture = SyntheticRun.For(method);
        var plan = fixture.Plan(method, fixture.Asked(method, "a", 2, 7));
        Assert.Throws<UsageException>(() =>
            MethodCatalog.Find(method).Execute(plan, fixture.Asked(method, "b", 2, 7), fixture.Context(), TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Other_data_is_refused(string method)
    {
        using SyntheticRun fixture = SyntheticRun.For(method), other = SyntheticRun.Convolution();
        var request = fixture.Asked(method, "a", 2, 7);
        var context = fixture.Context() with { Data = other.Data };
        Assert.Throws<BadDataException>(() =>
            MethodCatalog.Find(method).Execute(fixture.Plan(method, request), request, context, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Descriptors_are_complete(string method)
    {
        var descriptor = MethodCatalog.Find(method).Descriptor;
        Assert.Equal(method, descriptor.Name);
        Assert.NotEmpty(descriptor.Title);
        Assert.NotEmpty(descriptor.GranularityWords);
        Assert.Equal(descriptor.Options.Count, descriptor.Options.Select(option => option.Name).Distinct().Count());
        Assert.All(descriptor.Options, option => Assert.EndsWith(".", option.Help, StringComparison.Ordinal));
        Assert.NotEmpty(descriptor.Source);
    }

    /// <summary>Whether a validation split may end the method before its price is spent.</summary>
    private static bool StopsEarly(string method) => EarlyStopping.Contains(method);

    private static readonly string[] EarlyStopping = ["aru", "neg-grad"];

    private static MethodNeeds Needs(string method) => MethodCatalog.Find(method).Descriptor.Needs;
}
