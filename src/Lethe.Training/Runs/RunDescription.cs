using Lethe.Core.Numerics;
using Lethe.Core.Records;
using Lethe.Training.Training;

namespace Lethe.Training.Runs;

/// <summary>The content of <c>run.json</c>.</summary>
internal sealed record RunDescription
{
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required Recipe Recipe { get; init; }

    public required Digest Partition { get; init; }

    public required DatasetReference Dataset { get; init; }

    public required string Source { get; init; }

    public string? TestSource { get; init; }

    public string? SubjectsFile { get; init; }

    public string? WritersFile { get; init; }

    public required NumericProfile Profile { get; init; }

    public Digest? Network { get; init; }

    public Digest? Canaries { get; init; }

    public int? CanaryPeople { get; init; }

    public static RunDescription Of(RunConfig config) => new()
    {
        Format = CurrentFormat,
        Recipe = config.Recipe,
        Partition = config.Partition.Digest,
        Dataset = config.Dataset,
        Source = config.Source,
        TestSource = config.TestSource,
        SubjectsFile = config.SubjectsFile,
        WritersFile = config.WritersFile,
        Network = config.Network is null ? null : Digest.Of(config.Network),
        Canaries = config.Canaries?.Digest,
        CanaryPeople = config.Canaries is null ? null : config.CanaryPeople,
        Profile = config.Profile ?? EngineProfile.Current(config.Recipe),
    };
}
