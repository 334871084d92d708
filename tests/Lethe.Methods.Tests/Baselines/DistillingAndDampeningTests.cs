using Lethe.Core.Records;
using Lethe.Methods.Baselines;
using Lethe.Methods.Options;
using Lethe.Torch;

namespace Lethe.Methods.Tests.Baselines;

/// <summary>SCRUB, SSD, boundary shrink and SalUn against PyTorch (tests/reference/baselines_b.py) and by hand.</summary>
public sealed class DistillingAndDampeningTests
{
    private const string Golden = "baselines_b.json";

    [Fact]
    public void Scrub_alternates_as_PyTorch_does()
    {
        using var problem = new GoldenProblem(Golden, "three");
        problem.Check("scrub", "scrub", ("epochs", "4"), ("lr", "0.05"), ("batch-size", "100"), ("forget-batch-size", "100"), ("loss-cap", "1e9"));
    }

    [Fact]
    public void Scrub_pushes_no_batch_further_whose_loss_is_above_the_cap()
    {
        using var problem = new GoldenProblem(Golden, "three");
        using var capped = problem.Forget("scrub", ("loss-cap", "1e-9"));
        using var none = problem.Forget("scrub", ("msteps", "0"));
        Assert.Equal(none.NextIndex.Served, capped.NextIndex.Served);
    }

    [Fact]
    public void Ssd_dampens_by_batch_gradients()
    {
        using var problem = new GoldenProblem(Golden, "three");
        problem.Check("ssd", "ssd", ("alpha", "2"), ("lambda", "0.5"), ("batch-size", "100"));
    }

    [Fact]
    public void Ssd_dampens_by_the_gradients_of_records_at_batch_size_one()
    {
        using var problem = new GoldenProblem(Golden, "three");
        problem.Check("ssd", "ssd per record", ("alpha", "2"), ("lambda", "0.5"), ("batch-size", "1"));
    }

    [Fact]
    public void Boundary_shrink_trains_on_the_nearest_other_class()
    {
        using var problem = new GoldenProblem(Golden, "three");
        problem.Check("boundary-shrink", "boundary-shrink", ("bound", "0.5"), ("lr", "0.05"), ("epochs", "3"), ("batch-size", "100"));
    }

    [Fact]
    public void Salun_moves_salient_weights_only()
    {
        using var problem = new GoldenProblem(Golden, "two");
        problem.Check("salun", "salun", ("lr", "0.1"), ("weight-decay", "0.01"), ("epochs", "3"), ("batch-size", "100"));
    }

    [Fact]
    public void Rewinding_takes_the_epoch_whose_error_is_nearest_to_the_reference()
    {
        using var problem = new GoldenProblem(Golden, "three");
        using var result = problem.Forget("scrub", ("rewind", "true"), ("epochs", "4"), ("lr", "0.05"));
        var found = result.Findings.Numbers.ToDictionary(finding => finding.Name, finding => finding.Values);
        var errors = found["error on the forgotten records after each epoch"];
        var distances = errors.Select(error => Math.Abs(error - found["reference error"][0])).ToList();
        Assert.Equal(4, errors.Count);
        Assert.Equal(distances.IndexOf(distances.Min()) + 1, found["epoch taken"][0]);
        Assert.Equal(5 * (2 * 2 + 4) + 2 * 4 * (19 - 5) + 5, result.Cost.Samples);
    }

    [Fact]
    public void Rewinding_is_refused_where_the_forgotten_classes_have_nothing_to_compare_with()
    {
        using var fixture = SyntheticRun.Mlp();
        RecordId[] records = [.. fixture.Data.Manifest.Labels.Index().Where(entry => entry.Item == 1).Select(entry => new RecordId(entry.Index))];
        var request = Core.Requests.ForgetRequest.Create("r", new Core.Requests.Selection.ByRecords(records), records, DateTimeOffset.UnixEpoch);
        Assert.Contains("--rewind", fixture.Plan("scrub", request, MethodOptions.Of(("rewind", "true"))).Refusal!, StringComparison.Ordinal);
        Assert.Null(fixture.Plan("scrub", request).Refusal);
    }

    [Fact]
    public void Weights_that_matter_alike_for_all_data_keep_their_value()
    {
        using var scope = torch.NewDisposeScope();
        var factor = SelectiveDampening.Factor(torch.tensor([1f, 10f, 20f, 0f]), torch.tensor([1f, 1f, 1f, 0f]), alpha: 10, lambda: 1);
        Assert.Equal([1f, 1f, 0.05f, 1f], factor.data<float>());
    }

    [Fact]
    public void The_largest_values_are_found_over_all_tensors_together()
    {
        using var scope = torch.NewDisposeScope();
        var marks = Salun.Largest([torch.tensor([1f, 5f, 2f]), torch.tensor([4f, 3f])], 0.5);
        Assert.Equal([0f, 1f, 0f], marks[0].data<float>());
        Assert.Equal([1f, 0f], marks[1].data<float>());
    }

    [Fact]
    public void A_step_on_images_is_a_share_of_black_to_white_and_stays_between_them()
    {
        using var fixture = SyntheticRun.Convolution();
        using var scope = torch.NewDisposeScope();
        var (mean, std) = (fixture.Run.Normalization.Mean[0], fixture.Run.Normalization.Std[0]);
        float[] pixels = [0, 0.5f, 0.95f, 1];
        var input = torch.tensor([.. pixels.Select(pixel => (pixel - mean) / std)], [1, 1, 2, 2]);
        var moved = new SignStep(fixture.Run, 0.1).Up(input, x => x.sum()).data<float>();
        float[] expected = [0.1f, 0.6f, 1, 1];
        for (var i = 0; i < pixels.Length; i++) Assert.Equal(expected[i], moved[i] * std + mean, 4);
    }
}
