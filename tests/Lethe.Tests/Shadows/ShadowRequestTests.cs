using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Operations;

namespace Lethe.Tests.Shadows;

public sealed class ShadowRequestTests
{
    private const int Records = 60, PerPerson = 5;

    private static readonly DatasetManifest Data = new()
    {
        Name = "people",
        SampleShape = [1],
        ClassNames = ["a", "b"],
        Labels = [.. Enumerable.Range(0, Records).Select(i => i % 2)],
        Subjects = [.. Enumerable.Range(0, Records).Select(i => new SubjectId($"p{i / PerPerson}"))],
        Digest = Digest.OfText("people"),
    };

    private static ShadowRequest Request(ShadowUnit unit, params IEnumerable<int> targets) =>
        new() { Targets = [.. targets], Earlier = [50, 51], Unit = unit, PerSide = 8, Seed = 3 };

    [Theory]
    [InlineData(ShadowUnit.Records, 15)]
    [InlineData(ShadowUnit.Subjects, 15)]
    [InlineData(ShadowUnit.Subjects, 30)]
    [InlineData(ShadowUnit.Classes, 21)]
    public void Every_target_is_learned_by_half_of_the_models_and_forgotten_by_all(ShadowUnit unit, int targets)
    {
        var request = Request(unit, Enumerable.Range(0, targets));
        var jobs = request.Jobs(Data);
        Assert.Equal(16, jobs.Count);
        Assert.Equal(16, jobs.Select(job => job.Seed).Distinct().Count());
        foreach (int target in request.Targets)
        {
            Assert.Equal(8, jobs.Count(job => job.Forgotten.Contains(target)));
            Assert.Equal(8, jobs.Count(job => job.Excluded.Contains(target)));
        }

        Assert.All(jobs, job => Assert.Equal([.. request.Targets, 50, 51], job.Forgotten.Union(job.Excluded).Order()));
        Assert.All(jobs, job => Assert.InRange(job.Forgotten.Count, (targets / 2) - PerPerson, (targets / 2) + PerPerson));
        Assert.True(jobs.Select(job => string.Join(',', job.Forgotten)).Distinct().Count() > 2);
    }

    [Fact]
    public void The_records_of_a_person_stay_together()
    {
        foreach (var job in Request(ShadowUnit.Subjects, Enumerable.Range(0, 35)).Jobs(Data))
            Assert.All(job.Forgotten.GroupBy(record => Data.Subjects![record]), person => Assert.Equal(PerPerson, person.Count()));
    }

    [Fact]
    public void One_person_alone_is_learned_by_one_of_each_pair() =>
        Assert.All(Request(ShadowUnit.Subjects, Enumerable.Range(0, PerPerson)).Jobs(Data).Chunk(2), pair => Assert.Equal([0, PerPerson], pair.Select(job => job.Forgotten.Count).Order()));

    [Fact]
    public void The_same_question_gives_the_same_jobs_and_another_seed_others()
    {
        var request = Request(ShadowUnit.Records, 1, 4, 9, 16, 25);
        string[] Halves(ShadowRequest asked) => [.. asked.Jobs(Data).Select(job => string.Join(',', job.Forgotten))];
        Assert.Equal(Halves(request), Halves(request with { }));
        Assert.NotEqual(Halves(request), Halves(request with { Seed = 4 }));
    }

    [Fact]
    public void One_model_a_side_is_too_few() =>
        Assert.Contains("--shadows 1", Assert.Throws<UsageException>(() => (Request(ShadowUnit.Records, 1, 2) with { PerSide = 1 }).Jobs(Data)).Message, StringComparison.Ordinal);
}
