using System.Text.Json;
using Lethe.Core.Errors;
using Lethe.Core.Partitions;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Training.Runs;

/// <summary>The layout of a run directory: run.json, partition.json, index.json (made last), objects/, requests/, lock.</summary>
internal static class RunFiles
{
    /// <summary>Ends the names of files that are written aside and renamed; AtomicFile uses the same.</summary>
    public const string TemporarySuffix = ".tmp";

    private const string DescriptionName = "run.json";
    private const string PartitionName = "partition.json";
    private const string RequestsName = "requests";
    private const string ShadowsName = "shadows";

    private static readonly string[] CreationLeftovers = [DescriptionName, PartitionName, CanaryFile.Name, "lock", "objects"];

    /// <exception cref="BadDataException">The directory holds something else than an unfinished creation.</exception>
    public static void RequireFree(string directory)
    {
        if (File.Exists(directory))
        {
            throw new BadDataException($"{directory} is a file; a run needs a new or empty directory.");
        }
        if (!Directory.Exists(directory))
        {
            return;
        }
        if (File.Exists(Path.Combine(directory, IndexFile.Name)))
        {
            throw new BadDataException(
                $"{directory} holds a run already. Choose another directory, or go on with it: lethe train --resume {directory}");
        }
        var foreign = Directory.EnumerateFileSystemEntries(directory).Select(Path.GetFileName)
            .FirstOrDefault(name => !CreationLeftovers.Contains(name) && !IsTemporary(name!));
        if (foreign is not null)
        {
            throw new BadDataException($"{directory} is not empty (it holds '{foreign}'). Choose a new or empty directory for the run.");
        }
    }

    /// <exception cref="BadDataException">The directory is no run.</exception>
    public static void RequireRun(string directory)
    {
        if (!File.Exists(Path.Combine(directory, IndexFile.Name)))
        {
            throw new BadDataException(
                $"{directory} is no run directory: it has no {IndexFile.Name}. Check the path; `lethe train` makes a run.");
        }
    }

    public static void Write(string directory, RunConfig config)
    {
        if (config.Network is not null)
        {
            new FileArtifactStore(directory).Put(config.Network);
        }
        if (config.Canaries is not null)
        {
            CanaryFile.Write(directory, config.Canaries);
        }
        AtomicFile.WriteAllText(Path.Combine(directory, PartitionName), config.Partition.ToJson());
        AtomicFile.WriteAllText(Path.Combine(directory, DescriptionName), CanonicalJson.SerializeIndented(RunDescription.Of(config)));
        var initial = StoreInitialWeights(directory, config);
        IndexFile.Write(directory, RunIndex.Empty(config.Partition.BlockCount, initial) with { Deleted = config.Excluded }, durable: true);
    }

    private static Digest? StoreInitialWeights(string directory, RunConfig config)
    {
        if (config.InitialWeights?.Description.Digest != config.Recipe.InitialWeights?.Digest)
        {
            throw new ArgumentException("The initial weights are not those that the recipe names.", nameof(config));
        }
        if (config.InitialWeights is null)
        {
            return null;
        }
        var store = new FileArtifactStore(directory);
        var digest = store.Put(config.InitialWeights.Values.ToSafetensors());
        store.Flush();
        return digest;
    }

    /// <exception cref="BadDataException">The run has a format that this version does not read.</exception>
    /// <exception cref="StoreDamagedException">The file is missing or cannot be read.</exception>
    public static RunDescription ReadDescription(string directory)
    {
        var path = Path.Combine(directory, DescriptionName);
        try
        {
            var text = File.ReadAllText(path);
            RefuseOtherFormat(path, text);
            var description = CanonicalJson.Deserialize<RunDescription>(text);
            if (description.Recipe.Normalization is not null)
            {
                return description;
            }
        }
        catch (Exception e) when (e is BadDataException { InnerException: not null } or JsonException or FileNotFoundException)
        {
            throw Damaged(path, e);
        }
        throw Damaged(path, null);
    }

    private static void RefuseOtherFormat(string path, string text)
    {
        using var json = JsonDocument.Parse(text);
        if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("format", out var format)
            && format.ValueKind == JsonValueKind.Number && format.TryGetInt32(out var number) && number != RunDescription.CurrentFormat)
            throw new BadDataException(
                $"{path}: the run has format {number}, and this version of Lethe reads format {RunDescription.CurrentFormat}. Use the version that made it, or train it again with this one.");
    }

    /// <exception cref="StoreDamagedException">The file is missing or does not match its digest.</exception>
    public static Partition ReadPartition(string directory, Digest digest)
    {
        var path = Path.Combine(directory, PartitionName);
        try
        {
            var partition = Partition.FromJson(File.ReadAllText(path));
            if (partition.Digest == digest)
            {
                return partition;
            }
        }
        catch (Exception e) when (e is BadDataException or FileNotFoundException)
        {
            throw Damaged(path, e);
        }
        throw Damaged(path, null);
    }

    public static string RequestsPath(string directory) => Path.Combine(directory, RequestsName);

    /// <exception cref="UsageException">The identifier is no plain file name.</exception>
    public static string RequestPath(string directory, string id)
    {
        var plain = id.Length is > 0 and <= 100 && id[0] != '.' && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        return plain
            ? Path.Combine(directory, RequestsName, id)
            : throw new UsageException(
                $"Request identifier '{id}' must be 1 to 100 letters, digits, '-', '_' or '.', not starting with '.'.");
    }

    /// <summary>
    /// What a killed process was writing in the run itself and in its folders. The objects' own leftovers are the store's, and those of a
    /// shadow model's unfinished run are that run's.
    /// </summary>
    public static IReadOnlyList<string> Temporaries(string directory)
    {
        const string Pattern = "*" + TemporarySuffix;
        var left = Directory.EnumerateFiles(directory, Pattern);
        foreach (var folder in Directory.EnumerateDirectories(directory).Where(folder => Path.GetFileName(folder) != "objects"))
        {
            left = left.Concat(Directory.EnumerateFiles(folder, Pattern));
            left = Path.GetFileName(folder) == ShadowsName
                ? left
                : Directory.EnumerateDirectories(folder).Aggregate(left, (found, inner) => found.Concat(Directory.EnumerateFiles(inner, Pattern)));
        }
        return [.. left];
    }

    /// <summary>Removes what a killed process was writing.</summary>
    /// <param name="directory">The run directory.</param>
    /// <param name="overwrite">Whether it is overwritten first.</param>
    public static void RemoveTemporaries(string directory, bool overwrite)
    {
        foreach (var path in Temporaries(directory))
        {
            ErasedFile.DeleteLeftover(path, overwrite);
        }
    }

    private static bool IsTemporary(string name) => name.EndsWith(TemporarySuffix, StringComparison.Ordinal);

    private static StoreDamagedException Damaged(string path, Exception? inner) =>
        new($"The run's file {path} is missing or damaged. Restore it from a backup, or train the run again.", inner);
}
