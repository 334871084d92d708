using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Store;
using Lethe.Methods.Options;

namespace Lethe.Methods.Tests;

/// <summary>
/// What a plan says of storage against what the store took. Plans price models and arrays; the report's text, which depends on what is found,
/// and the headers of the files it lies in come on top.
/// </summary>
public sealed class StorageTests
{
    public static TheoryData<string> Methods => [.. MethodCatalog.Names];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Bytes_planned_are_those_that_the_store_takes_without_the_report(string method)
    {
        using var fixture = SyntheticRun.For(method);
        var options = method == "deep-obliviate" ? MethodOptions.Of(("floor-factor", "1e9"), ("max-change", "1e9")) : MethodOptions.None;
        Equal(fixture, method, fixture.Asked(method, "r", 2, 2, 7), options);
    }

    [Theory]
    [InlineData("noise", "random")]
    [InlineData("noise", "none")]
    [InlineData("tuned", "true")]
    [InlineData("repair-epochs", "0")]
    [InlineData("noise-batch", "7")]
    public void So_they_are_for_every_variant_of_unsir(string option, string value)
    {
        using var fixture = SyntheticRun.Mlp();
        Equal(fixture, "unsir", fixture.ClassRequest("r", 1), MethodOptions.Of((option, value)));
    }

    [Fact]
    public void A_stitched_model_whose_statistics_are_measured_anew_is_one_more()
    {
        using var fixture = SyntheticRun.Convolution();
        var request = fixture.Request("r", 2, 2);
        var options = MethodOptions.Of(("floor-factor", "1e9"), ("max-change", "1e9"));
        var plan = fixture.Plan("deep-obliviate", request, options);
        var model = fixture.Run.Store.SizeOf(fixture.Run.Index.Served!.Value);
        Assert.Equal(4 * model, plan.Estimate.BytesWritten);
        Assert.Equal(Equal(fixture, "deep-obliviate", request, options).Samples, plan.Estimate.Samples);
    }

    [Fact]
    public void Shards_are_priced_at_a_member_for_each_slice_and_the_ensemble_once()
    {
        using var fixture = SyntheticRun.Sharded();
        var (store, index) = (fixture.Run.Store, fixture.Run.Index);
        var (member, ensemble) = (store.SizeOf(index.Checkpoints[1]!.Value), store.SizeOf(index.Served!.Value));
        Assert.True(ensemble > 3 * member);
        var plan = fixture.Plan("sisa", fixture.Request("r", 2, 5, 9));
        Assert.Equal(3 * member + ensemble, plan.Estimate.BytesWritten);
        Assert.Equal((SyntheticRun.Blocks + 1) * member + ensemble, plan.Retraining.BytesWritten);
        Assert.Equal(store.List().Sum(store.SizeOf), plan.Retraining.BytesWritten);
    }

    [Theory]
    [InlineData("ssd")]
    [InlineData("salun")]
    [InlineData("msg")]
    public void Arrays_kept_between_phases_are_priced(string method)
    {
        using var fixture = SyntheticRun.Mlp();
        using var model = fixture.Run.CreateModel();
        var weights = model.named_parameters().Where(entry => method != "msg" || entry.name == "fc1.weight").Sum(entry => entry.parameter.numel());
        var served = fixture.Run.Store.SizeOf(fixture.Run.Index.Served!.Value);
        Assert.Equal((method == "msg" ? 2 : 1) * served + 4 * weights, fixture.Plan(method, fixture.Request("r", 2, 4)).Estimate.BytesWritten);
    }

    [Fact]
    public void What_the_store_holds_already_is_not_written_again()
    {
        using var fixture = SyntheticRun.Mlp();
        var request = fixture.Request("r", 2, 7);
        var scratch = MethodOptions.Of(("from-scratch", "true"));
        using var result = fixture.Execute("retrain", request, scratch);
        var model = fixture.Run.Store.SizeOf(fixture.Run.Index.Served!.Value);
        Assert.Equal(12 * model, fixture.Plan("retrain", request, scratch).Estimate.BytesWritten);
        Assert.Equal(6 * model, result.Cost.BytesWritten);
    }

    /// <summary>What of a store's new objects is the text of reports, with headers.</summary>
    public static long ReportBytes(IArtifactStore store, IEnumerable<Digest> objects) => objects.Select(store.Get)
        .Where(bytes => Safetensors.ReadMetadata(bytes).ContainsKey("findings"))
        .Sum(bytes => bytes.Length - Safetensors.Read(bytes).Sum(array => (long)array.Data.Length));

    private static CostAccount Equal(SyntheticRun fixture, string method, Core.Requests.ForgetRequest request, MethodOptions options)
    {
        var plan = fixture.Plan(method, request, options);
        var store = fixture.Run.Store;
        var before = store.List().ToHashSet();
        using var result = fixture.Execute(method, request, options);
        Digest[] added = [.. store.List().Where(digest => !before.Contains(digest))];
        Assert.Equal(added.Sum(store.SizeOf), result.Cost.BytesWritten);
        Assert.Equal(plan.Estimate.BytesWritten, result.Cost.BytesWritten - ReportBytes(store, added));
        return result.Cost;
    }
}
