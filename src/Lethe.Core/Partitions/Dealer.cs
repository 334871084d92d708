using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Records;

namespace Lethe.Core.Partitions;

/// <summary>Checks the options and deals records to blocks by the kind they name.</summary>
internal static class Dealer
{
    private const ulong Domain = 0x4445414C; // "DEAL"

    /// <summary>The record numbers of each block, ascending.</summary>
    public static int[][] Deal(DatasetManifest manifest, PartitionOptions options)
    {
        manifest.Validate();
        Require(manifest, options);
        var random = new CounterRandom(options.Seed, Domain, (ulong)options.Kind);
        var late = new HashSet<SubjectId>(options.LateSubjects);
        var lateBlocks = Math.Clamp((int)Math.Round(options.LateShare * options.Blocks), 1, options.Blocks);
        var blocks = options.Kind == PartitionKind.BySubject
            ? SubjectDealer.Deal(manifest, options.Blocks, late, lateBlocks, random)
            : StratifiedDealer.Deal(manifest, options.Blocks, late, lateBlocks, random);
        return [.. blocks.Select(block => block.Order().ToArray())];
    }

    private static void Require(DatasetManifest manifest, PartitionOptions options)
    {
        if (options.Blocks < 1)
            throw new UsageException($"A partition needs at least 1 block, not {options.Blocks}.");
        if (manifest.Count < options.Blocks)
            throw new UsageException($"{manifest.Count} records cannot fill {options.Blocks} blocks: use at most {manifest.Count} blocks.");
        if (!(options.LateShare > 0 && options.LateShare <= 1))
            throw new UsageException($"The share of late blocks must be above 0 and at most 1, not {options.LateShare.ToString(CultureInfo.InvariantCulture)}.");
        if (options.Kind == PartitionKind.BySubject && manifest.Subjects is null)
            throw new UsageException($"Data set '{manifest.Name}' names no subjects, so it cannot be split by subject: give them, or split it stratified.");
        if (options.LateSubjects.Count > 0 && manifest.Subjects is null)
            throw new UsageException($"Data set '{manifest.Name}' names no subjects, so there can be no late subjects: give subjects, or leave the late subjects out.");
        foreach (var subject in options.LateSubjects)
        {
            if (manifest.RecordsOf(subject).Count == 0)
                throw new UsageException($"Late subject '{subject}' has no record in data set '{manifest.Name}': check the name.");
        }
    }
}
