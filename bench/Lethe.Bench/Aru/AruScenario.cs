using Lethe.Core.Numerics;
using Lethe.Core.Records;
using Lethe.Training.Datasets;
using Lethe.Training.Scenarios;
using Lethe.Training.Training;

namespace Lethe.Bench.Aru;

/// <summary>People whose records a model was trained on, some of them to be forgotten, and people that no model has seen.</summary>
/// <param name="Dataset">Name of the data set with its variant.</param>
/// <param name="Recipe">How the original is trained.</param>
/// <param name="Data">The training records (owned).</param>
/// <param name="Unseen">Records of other people, with labels as noisy as those of the training records (owned).</param>
/// <param name="Test">The same with true labels (owned).</param>
/// <param name="Forgotten">Records to forget.</param>
internal sealed record AruScenario(
    string Dataset, Recipe Recipe, TensorDataset Data, TensorDataset Unseen, TensorDataset Test, IReadOnlyList<RecordId> Forgotten) : IDisposable
{
    public const string Noisy = ", 30 % wrong labels";

    private const ulong PoolSeed = 0x504F4F4C, PeopleStream = 0x50454F, UnseenNoise = 0x4E4F4953;

    /// <summary>MNIST by writers, small enough to be learnt by heart.</summary>
    /// <param name="all">MNIST's training set with writers.</param>
    /// <param name="recipe">How to train; its seed draws the writers.</param>
    /// <param name="noisy">With wrong labels.</param>
    /// <param name="development">Writers of the pool that hyper-parameters are chosen on.</param>
    public static AruScenario Writers(TensorDataset all, Recipe recipe, bool noisy, bool development)
    {
        var pool = Shuffled(all.Manifest.DistinctSubjects, PoolSeed);
        pool = development ? pool[..AruSettings.DevelopmentWriters] : pool[AruSettings.DevelopmentWriters..];
        var people = Shuffled(pool, CounterRandom.DeriveSeed(recipe.Seed, PeopleStream));
        return Create(
            "MNIST by writers" + (noisy ? Noisy : ""), recipe, all, people[..AruSettings.Writers],
            people[AruSettings.Writers..(2 * AruSettings.Writers)], AruSettings.ForgottenWriters, noisy);
    }

    /// <summary>CMU faces: does the person wear sunglasses?</summary>
    public static AruScenario Faces(TensorDataset all, Recipe recipe)
    {
        var people = Shuffled(all.Manifest.DistinctSubjects, CounterRandom.DeriveSeed(recipe.Seed, PeopleStream));
        return Create(
            "CMU faces, sunglasses", recipe, all, people[AruSettings.UnseenPeople..], people[..AruSettings.UnseenPeople],
            AruSettings.ForgottenPeople, noisy: false);
    }

    public void Dispose()
    {
        if (!ReferenceEquals(Test, Unseen)) Test.Dispose();
        Unseen.Dispose();
        Data.Dispose();
    }

    private static AruScenario Create(
        string name, Recipe recipe, TensorDataset all, SubjectId[] trained, SubjectId[] unseen, int forgotten, bool noisy)
    {
        var data = Of(all, trained);
        var test = Of(all, unseen);
        var other = test;
        if (noisy)
        {
            using var clean = data;
            data = CorruptedLabels.Apply(clean, AruSettings.WrongShare, recipe.Seed).Dataset;
            other = CorruptedLabels.Apply(test, AruSettings.WrongShare, CounterRandom.DeriveSeed(recipe.Seed, UnseenNoise)).Dataset;
        }
        var gone = trained[..forgotten].ToHashSet();
        RecordId[] records = [.. data.Manifest.Subjects!.Index().Where(entry => gone.Contains(entry.Item)).Select(entry => new RecordId(entry.Index))];
        return new AruScenario(name, recipe, data, other, test, records);
    }

    private static TensorDataset Of(TensorDataset all, IEnumerable<SubjectId> people)
    {
        var chosen = people.ToHashSet();
        return all.Select([.. all.Manifest.Subjects!.Index().Where(entry => chosen.Contains(entry.Item)).Select(entry => entry.Index)]);
    }

    private static SubjectId[] Shuffled(IReadOnlyList<SubjectId> people, ulong seed)
    {
        SubjectId[] order = [.. people];
        new CounterRandom(seed).Shuffle<SubjectId>(order);
        return order;
    }
}
