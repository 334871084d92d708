using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Methods.Execution;
using Lethe.Torch;
using Lethe.Training.Models;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Methods.Tests.Sisa;

public sealed class SisaTests
{
    [Fact]
    public void Forgetting_gives_the_bits_of_training_without_the_records()
    {
        using var fixture = SyntheticRun.Sharded();
        var request = fixture.Request("r", 3, 2, 9);
        using var gold = fixture.Gold(request.Records.Select(record => record.Value));
        using var result = fixture.Execute("sisa", request);
        Assert.Equal(Guarantee.Exact, result.Guarantee);
        Assert.Equal(gold.State.ToSafetensors(), result.Candidate.ToSafetensors());
    }

    [Fact]
    public void A_later_request_is_exact_too()
    {
        using var fixture = SyntheticRun.Sharded();
        var first = fixture.Request("first", 2, 5);
        using (var result = fixture.Execute("sisa", first)) fixture.Run.Commit(result.NextIndex);
        var second = fixture.Request("second", 4, 4, 12);
        using var gold = fixture.Gold(first.Records.Concat(second.Records).Select(record => record.Value));
        using var later = fixture.Execute("sisa", second);
        Assert.Equal(gold.State.ToSafetensors(), later.Candidate.ToSafetensors());
    }

    [Fact]
    public void Only_slices_from_the_first_affected_one_on_are_trained_again()
    {
        using var fixture = SyntheticRun.Sharded();
        var before = fixture.Run.Index.Checkpoints;
        var request = fixture.Request("r", 2, 5, 9);
        var plan = fixture.Plan("sisa", request);
        Assert.Equal([5, 6, 9], plan.Steps.Where(step => step.Block is not null).Select(step => step.Block!.Value));
        Assert.Equal(((40 - 2) + (60 - 2) + (60 - 2)) * 2, plan.Estimate.Samples);
        using var result = fixture.Execute("sisa", request);
        for (var block = 0; block <= SyntheticRun.Blocks; block++)
            Assert.Equal(block is 5 or 6 or 9, before[block] != result.NextIndex.Checkpoints[block]);
    }

    [Theory]
    [InlineData("retrain")]
    [InlineData("fine-tune")]
    [InlineData("deep-obliviate")]
    public void Other_methods_refuse_a_run_in_shards(string method)
    {
        using var fixture = SyntheticRun.Sharded();
        Assert.Contains("--", fixture.Plan(method, fixture.Request("r", 1, 2)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void It_refuses_a_run_without_shards()
    {
        using var fixture = SyntheticRun.Mlp();
        Assert.Contains("--scheme sisa", fixture.Plan("sisa", fixture.Request("r", 1, 2)).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Aggregation.Mean)]
    [InlineData(Aggregation.Vote)]
    public void The_ensemble_answers_with_the_aggregate_of_its_shards(Aggregation aggregation)
    {
        using var fixture = SyntheticRun.Sharded();
        var layout = fixture.Run.Recipe.Layout;
        using var input = torch.tensor(Enumerable.Range(0, 16).Select(i => (float)Math.Sin(i)).ToArray()).reshape(2, 8);
        var members = Enumerable.Range(1, 4).Select(shard => Member(fixture.Run, layout.LastBlock(shard))).ToArray();
        var softmax = members.Select(member => member.forward(input).softmax(1).data<float>()).ToArray();
        using var ensemble = new EnsembleModel(members, aggregation);
        using var noGrad = torch.no_grad();
        var answer = ensemble.forward(input).exp().data<float>();
        for (var row = 0; row < 2; row++)
        {
            for (var c = 0; c < 3; c++)
            {
                var mean = softmax.Average(one => one[row * 3 + c]);
                var votes = softmax.Average(one => Enumerable.Range(0, 3).MaxBy(k => one[row * 3 + k]) == c ? 1.0 : 0.0);
                Assert.Equal(aggregation == Aggregation.Mean ? mean : 0.999 * votes + 0.001 * mean, answer[row * 3 + c], 5);
            }
        }
    }

    [Theory]
    [InlineData(Aggregation.Mean)]
    [InlineData(Aggregation.Vote)]
    public void The_ensemble_says_itself_in_torch_script(Aggregation aggregation)
    {
        using var fixture = SyntheticRun.Sharded();
        using var input = torch.tensor(Enumerable.Range(0, 16).Select(i => (float)Math.Cos(i)).ToArray()).reshape(2, 8);
        using var ensemble = new EnsembleModel([.. Enumerable.Range(1, 4).Select(shard => Member(fixture.Run, shard * 3))], aggregation);
        ensemble.eval();
        using var script = ModelExport.ToScript(ensemble);
        using var noGrad = torch.no_grad();
        Assert.Equal(ensemble.forward(input).data<float>(), script.forward(input).data<float>(), (x, y) => Math.Abs(x - y) < 1e-5);
    }

    [Theory]
    [InlineData(Aggregation.Mean)]
    [InlineData(Aggregation.Vote)]
    public void A_class_that_no_shard_gives_any_probability_keeps_a_finite_loss(Aggregation aggregation)
    {
        using var fixture = SyntheticRun.Sharded();
        using var input = torch.full([1, 8], 1e4);
        using var ensemble = new EnsembleModel([.. Enumerable.Range(1, 4).Select(shard => Member(fixture.Run, shard * 3))], aggregation);
        ensemble.eval();
        using var script = ModelExport.ToScript(ensemble);
        using var noGrad = torch.no_grad();
        foreach (var answer in new[] { ensemble.forward(input), script.forward(input) })
        {
            Assert.All(answer.data<float>(), value => Assert.True(float.IsFinite(value)));
            Assert.Equal(-87.3365f, answer.data<float>().Min(), 3);
        }
    }

    [Fact]
    public void Retraining_that_diverges_is_refused_and_leaves_the_run_as_it_is()
    {
        using var fixture = SyntheticRun.Sharded();
        var before = fixture.Run.Index;
        var request = fixture.Request("r", 2, 5);
        var stays = fixture.Request("other", 4, 5).Records[^1];
        using (var sample = fixture.Data.Samples.narrow(0, stays.Value, 1)) sample.fill_(double.NaN);
        var error = Assert.Throws<LetheException>(() => fixture.Execute("sisa", request));
        Assert.Contains("block 5", error.Message, StringComparison.Ordinal);
        fixture.Reopen();
        Assert.Equal(before.Served, fixture.Run.Index.Served);
        Assert.Equal(before.Checkpoints, fixture.Run.Index.Checkpoints);
        Assert.Null(ForgetProgress.Open(fixture.Run, request, fixture.Plan("sisa", request)).Find(5));
    }

    private static torch.nn.Module<Tensor, Tensor> Member(Run run, int checkpoint)
    {
        var module = run.CreateMember();
        using var state = run.LoadCheckpoint(checkpoint);
        state.CopyTo(module);
        return module;
    }
}
