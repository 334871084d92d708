using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Records;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Scenarios;

namespace Lethe.Operations;

/// <summary>Reads data for requests and runs.</summary>
internal static class DataReading
{
    private const int SubjectsNamed = 3;

    public static TensorDataset Load(DataRequest request) => DataSource.Parse(request.Source).Load(OptionsOf(request));

    public static DataOptions OptionsOf(DataRequest request) => new() { SubjectsFile = request.SubjectsFile, WritersFile = request.WritersFile };

    /// <summary>The data that a run was trained on.</summary>
    /// <exception cref="BadDataException">It cannot be read, or it is not the same data any more.</exception>
    public static TensorDataset LoadTraining(Run run)
    {
        var data = Planted(DataSource.Parse(run.Source).Load(run.DataOptions), run.Canaries);
        try
        {
            run.RequireDataset(data.Manifest);
            return data;
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>The data with canaries planted, where there are any; the data given is freed then.</summary>
    public static TensorDataset Planted(TensorDataset data, CanaryRegistry? canaries)
    {
        if (canaries is null)
            return data;
        using (data)
            return CanarySet.Draw(canaries, data.Manifest).Plant(data);
    }

    /// <summary>The source of training data, of which a share is held out for testing where that is asked for.</summary>
    /// <exception cref="UsageException">Test data are named as well.</exception>
    public static DataSource SourceOf(DataRequest request, string? test, double? holdOut = null)
    {
        var source = DataSource.Parse(request.Source);
        if (holdOut is { } share)
            source = source.WithHoldOut(share);
        return !source.HasHoldOut || test is null
            ? source
            : throw new UsageException("Test data are given and a part of the training data is to be held out for testing: leave out one of --test and hold-out.");
    }

    /// <summary>The run's unseen records, or null where it has none.</summary>
    public static TensorDataset? LoadTest(Run run, TensorDataset training) =>
        run.TestSource is { } test ? LoadTest(DataSource.Parse(test), training, run.DataOptions) : null;

    /// <summary>Unseen records, read with the classes and the encoding of the training data; a held-out part also has their people.</summary>
    public static TensorDataset LoadTest(DataSource test, TensorDataset training, DataOptions people)
    {
        var options = DataOptions.Matching(training);
        return test.Load(test.IsHeldOut ? options with { SubjectsFile = people.SubjectsFile, WritersFile = people.WritersFile } : options);
    }

    public static DataDescription Describe(DataRequest request)
    {
        var source = DataSource.Parse(request.Source);
        using var data = source.Load(OptionsOf(request));
        var manifest = data.Manifest;
        var sizes = manifest.Labels.CountBy(label => label).ToDictionary();
        return new DataDescription
        {
            Source = request.Source,
            Name = manifest.Name,
            Records = manifest.Count,
            SampleShape = manifest.SampleShape,
            Classes = [.. manifest.ClassNames.Select((name, index) => new ClassCount(index, name, sizes.GetValueOrDefault(index)))],
            Subjects = manifest.Subjects is { } subjects ? CountSubjects(subjects) : null,
            Columns = [.. data.Metadata.Columns.Select(column => column.Name)],
            Test = source.Test?.Text,
            Features = data.Encoding?.Columns,
            Digest = manifest.Digest,
        };
    }

    private static SubjectCounts CountSubjects(IReadOnlyList<SubjectId> subjects)
    {
        var counts = subjects.CountBy(subject => subject).ToList();
        double[] sizes = [.. counts.Select(pair => (double)pair.Value)];
        return new SubjectCounts(counts.Count, (int)sizes.Min(), Statistics.Median(sizes), (int)sizes.Max(), [.. counts.Take(SubjectsNamed).Select(pair => pair.Key.Value)]);
    }
}
