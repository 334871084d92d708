using System.Globalization;
using System.Security.Cryptography;
using Lethe.Core.Errors;
using Lethe.Core.Evidence;
using Lethe.Core.Records;
using Lethe.Core.Steps;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>The steps that a replay executes, ascending, and how they were chosen. A share is one of the trained steps; the initial model, which costs nothing, is always with it.</summary>
internal sealed record ReplayChoice(IReadOnlyList<CheckpointLineage> Chosen, double? Share, string? Key)
{
    private const int DrawnKeyBytes = 16;

    /// <exception cref="UsageException">The options contradict each other or are out of range.</exception>
    public static void Validate(ReplayOptions options)
    {
        if (!(options.Share is > 0 and <= 1))
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--share {options.Share}: the share of steps must be above 0 and at most 1, for example 0.01."));
        if (options.Key is { Length: 0 })
            throw new UsageException("--key is empty: give any text that was not known when the run was trained, or leave it out for a random one.");
        if (new[] { options.All, options.Certified, options.Steps.Count > 0 }.Count(given => given) > 1)
            throw new UsageException("Give one of --all, --certified and --step: each says which steps are executed.");
        if (options.Key is not null && (options.All || options.Certified || options.Steps.Count > 0))
            throw new UsageException("--key chooses steps, and --all, --certified and --step say which: leave --key out, or use it with --share.");
    }

    /// <param name="run">The run.</param>
    /// <param name="options">Validated.</param>
    /// <param name="records">The records of steps; the choice depends on their digests.</param>
    /// <param name="lineage">All checkpoints of the run.</param>
    /// <param name="available">Those whose steps can be executed.</param>
    public static ReplayChoice Of(
        Run run, ReplayOptions options, IReadOnlyList<StepRecord> records, IReadOnlyList<CheckpointLineage> lineage, IReadOnlyList<CheckpointLineage> available)
    {
        if (available.Count == 0)
            throw new BadDataException("No step of this run can be executed again: none of its checkpoints is there with its input.");
        if (options.All) return new ReplayChoice(available, null, null);
        if (options.Steps.Count > 0)
            return new ReplayChoice([.. options.Steps.Distinct().Order().Select(block => available.FirstOrDefault(one => one.Block == block) ?? throw Impossible(block, lineage))], null, null);
        if (options.Certified)
        {
            var certified = CertifiedSteps(run, records[^1]);
            return new ReplayChoice([.. available.Where(one => !IsTrained(one) || (certified.Contains(one.Block) && one.Source == records[^1]))], null, null);
        }

        string key = options.Key ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(DrawnKeyBytes));
        var identity = Digest.OfText(string.Join('\n', records.Select(record => record.Digest)));
        int[] trained = [.. available.Where(IsTrained).Select(one => one.Block)];
        var numbers = trained.Length == 0 ? [] : SpotCheck.Choose(key, identity, trained, options.Share).ToHashSet();
        return new ReplayChoice([.. available.Where(one => !IsTrained(one) || numbers.Contains(one.Block))], options.Share, key);
    }

    private static HashSet<int> CertifiedSteps(Run run, StepRecord newest)
    {
        if (newest.Request is null || !CertificateBundle.In(run.Directory).Any(bundle => CertificateBundle.ReadUnchecked(bundle).Evidence.Request == newest.Request))
            throw new UsageException($"--certified: no certificate of {run.Directory} names steps of its newest request yet. Issue one with `lethe evidence issue`, or choose steps with --share.");
        var secret = RunSecret.Find(run.Directory)
            ?? throw new StoreDamagedException($"{Path.Combine(run.Directory, RunSecret.FileName)} is missing: without it nobody can tell which steps the certificate names. Restore it from a backup, or choose steps with --share.");
        return [.. SpotCheck.Certified(secret, newest)];
    }

    private static bool IsTrained(CheckpointLineage one) => one.Step!.Kind == StepKind.Trained;

    private static UsageException Impossible(int block, IReadOnlyList<CheckpointLineage> lineage)
    {
        var one = lineage.FirstOrDefault(known => known.Block == block);
        string why = one switch
        {
            null => $"the run has no checkpoint {block}",
            { Step: null } => $"no record tells how checkpoint {block} came about",
            { Step.Kind: StepKind.Derived } => $"checkpoint {block} was not trained but computed by {one.Source!.Request} from models that are destroyed (a stitch or an edit)",
            _ => $"the checkpoint that training of block {block} began from is destroyed",
        };
        return new UsageException($"--step {block} cannot be executed again: {why}. Execute all that can be with --all.");
    }
}
