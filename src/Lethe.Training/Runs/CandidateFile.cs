namespace Lethe.Training.Runs;

/// <summary>The outcome of a request that is not in force: the run's next index, in the request's directory.</summary>
/// <remarks>Only a commit makes another generation or a longer history, and either makes the file void.</remarks>
internal static class CandidateFile
{
    public const string Name = "candidate.json";

    public static void Write(string requestDirectory, RunIndex next) => IndexFile.Write(Path.Combine(requestDirectory, Name), next);

    /// <summary>The outcome; null where there is none, it is damaged, or the run has moved on.</summary>
    public static RunIndex? Read(string requestDirectory, RunIndex present)
    {
        var next = IndexFile.TryRead(Path.Combine(requestDirectory, Name));
        return next?.Generation == present.Generation && next.History.Count == present.History.Count + 1 ? next : null;
    }

    public static IEnumerable<RunIndex> ReadAll(string requestsDirectory, RunIndex present) =>
        Directory.Exists(requestsDirectory)
            ? Directory.EnumerateDirectories(requestsDirectory).Select(directory => Read(directory, present)).OfType<RunIndex>()
            : [];

    public static void Delete(string requestDirectory) => File.Delete(Path.Combine(requestDirectory, Name));
}
