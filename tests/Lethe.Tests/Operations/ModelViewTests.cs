using Lethe.Core.Records;
using Lethe.Operations;
using Lethe.Training.Training;

namespace Lethe.Tests.Operations;

public sealed class ModelViewTests
{
    [Fact]
    public void Unseen_records_of_a_class_that_is_gone_are_counted_apart()
    {
        var test = Answers([0, 0, 1, 1], [0, 0, 0, 1]);
        var aggregates = new ModelView(test, test, Answers([1], [0]), new HashSet<int> { 1 }).Aggregate(Digest.OfText("m"), 1);
        Assert.Equal((1.0, 0.5), (aggregates.TestAccuracy, aggregates.GoneClassAccuracy));
    }

    [Fact]
    public void Without_such_a_class_all_unseen_records_count()
    {
        var test = Answers([0, 0, 1, 1], [0, 0, 0, 1]);
        var aggregates = new ModelView(test, test, Answers([1], [0]), new HashSet<int>()).Aggregate(Digest.OfText("m"), 1);
        Assert.Equal((0.75, null), (aggregates.TestAccuracy, aggregates.GoneClassAccuracy));
    }

    private static EvaluationResult Answers(int[] labels, int[] predictions) => new(
        labels.Zip(predictions).Count(pair => pair.First == pair.Second) / (double)labels.Length,
        [.. labels.Select(_ => 1f)], predictions, new float[labels.Length, 2], labels);
}
