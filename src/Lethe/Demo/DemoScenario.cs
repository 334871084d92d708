using System.Globalization;
using Lethe.Core.Partitions;
using Lethe.Core.Progress;
using Lethe.Core.Records;
using Lethe.Operations;
using Lethe.Reports;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Scenarios;
using Lethe.Training.Training;

namespace Lethe.Demo;

/// <summary>
/// The whole story: train on 60,000 pictures of 500 people, forget one ordinary person, forget a data owner whose secret trigger the model has
/// learned, and put both beside models that never saw the records.
/// </summary>
/// <param name="time">The clock; null for the system's.</param>
public sealed class DemoScenario(TimeProvider? time = null)
{
    private const ulong PeopleStream = 1;
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Runs the demo and writes its report.</summary>
    /// <param name="request">Where to, and the seed.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops after the current step.</param>
    /// <exception cref="Core.Errors.BadDataException">The data set is missing, or the directory holds something else.</exception>
    public DemoSummary Run(DemoRequest request, IProgress<ProgressUpdate>? progress = null, CancellationToken cancellation = default)
    {
        long start = _time.GetTimestamp();
        DemoFolder.Require(request.Out);
        progress?.Report(new ProgressUpdate("read pictures", 0, 0));
        var source = DataSource.Parse(DemoSettings.Source);
        using var clean = source.Load();
        using var test = source.Test!.Load(DataOptions.Matching(clean));
        using var people = AssignSubjects.Apply(clean, DemoSettings.RecordsPerPerson, request.Seed);
        var owner = BackdoorOwner.Create(people.Manifest, new BackdoorOptions
        {
            Count = DemoSettings.OwnerRecords,
            StampedShare = DemoSettings.StampedShare,
            Target = DemoSettings.TriggerTarget,
            Trigger = Trigger.Corner(people.Manifest.SampleShape, DemoSettings.TriggerSize),
            Seed = request.Seed,
        });
        var deliveries = OwnerDeliveries.Split(owner, DemoSettings.OwnerDeliveries);
        using var applied = owner.Apply(people);
        using var data = applied.WithSubjects(OwnerDeliveries.Rename(applied.Manifest, deliveries));
        using var stamped = owner.TriggeredTest(test);

        var recipe = DemoSettings.Recipe(request.Seed, request.Threads).ResolvedFor(data);
        string directory = DemoFolder.Prepare(Path.GetFullPath(request.Out));
        using var run = Training.Runs.Run.Create(directory, Configure(data, source, recipe, [.. deliveries.Keys], request.Seed));
        TrainingSession.Train(run, data, progress, cancellation, new TrainingOptions { Time = _time });

        var story = new DemoStory(run, data, test, stamped, request, _time, progress, cancellation);
        var profile = story.Profile();
        var ordinary = story.Forget("request-0001", "One ordinary person", [OrdinaryPerson(people, owner, request.Seed)], DemoText.OrdinaryPerson, withTrigger: false);
        var dataOwner = story.Forget("request-0002", "A data owner with a secret trigger", [.. deliveries.Keys], DemoText.DataOwner, withTrigger: true);
        return Finish(request, run, start, profile, [ordinary, dataOwner]);
    }

    private DemoSummary Finish(DemoRequest request, Run run, long start, MemoryCurve? profile, IReadOnlyList<RequestSection> sections)
    {
        string directory = Path.GetFullPath(request.Out);
        string trained = string.Create(
            CultureInfo.InvariantCulture,
            $"Trained LeNet-5 on {run.Dataset.Count:#,0} pictures in {run.BlockCount} blocks in {Wording.Seconds(run.Index.TrainingCost.Seconds)}.");
        var report = new ForgettingReport
        {
            Headline = DemoText.Headline(sections),
            Summary = DemoText.Summary(trained, sections),
            Setting = RunSetting.Of(run),
            Requests = sections,
            MemoryCurve = profile,
            Notes = DemoText.Notes,
            CreatedAt = _time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture),
        };
        return new DemoSummary
        {
            Out = directory,
            Report = ReportSections.Write(directory, report),
            Seconds = _time.GetElapsedTime(start).TotalSeconds,
            Trained = trained,
            Requests = sections,
        };
    }

    private static RunConfig Configure(TensorDataset data, DataSource source, Recipe recipe, IReadOnlyList<SubjectId> late, ulong seed) => new()
    {
        Recipe = recipe,
        Partition = Partition.Create(data.Manifest, new PartitionOptions
        {
            Blocks = recipe.Blocks,
            Kind = PartitionKind.BySubject,
            Seed = seed,
            LateSubjects = late,
            LateShare = DemoSettings.LateShare,
        }),
        Dataset = DatasetReference.Of(data.Manifest),
        Source = source.Canonical,
        TestSource = source.Test?.Canonical,
    };

    /// <summary>Any person but the owner, drawn by the seed: the position decides the cost, so it must not be picked.</summary>
    private static SubjectId OrdinaryPerson(TensorDataset data, BackdoorOwner owner, ulong seed)
    {
        var taken = owner.Records.ToHashSet();
        SubjectId[] others = [.. data.Manifest.DistinctSubjects.Where(subject => !data.Manifest.RecordsOf(subject).All(taken.Contains))];
        return others[new Core.Numerics.CounterRandom(seed, PeopleStream).NextInt32(others.Length)];
    }
}
