using System.Text;
using Lethe.Core.Records;
using Lethe.Core.Steps;
using Lethe.Core.Store;

namespace Lethe.Core.Evidence;

/// <summary>Which trained steps are to be executed again as a sample: a choice that nobody without the run's secret could foresee.</summary>
public static class SpotChecks
{
    /// <summary>The share of steps that is chosen, at least one.</summary>
    public const double Share = 0.01;

    private const string Purpose = "spot-check";

    /// <summary>
    /// Chooses the steps whose HMAC under the secret (of the digest of all steps, a line feed and the block's number) is smallest. It depends on the
    /// steps' outputs, so it can be known only after they were carried out.
    /// </summary>
    /// <param name="secret">The run's secret.</param>
    /// <param name="steps">The recorded steps.</param>
    /// <param name="share">The share to choose, above 0, at most 1; rounded up.</param>
    /// <returns>Numbers of blocks, ascending; none where no step can be executed again.</returns>
    public static IReadOnlyList<int> Choose(RunSecret secret, StepRecord steps, double share = Share)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var digest = steps.Digest;
        int[] trained = [.. steps.Steps.Where(step => step.Kind == StepKind.Trained).Select(step => step.Block)];
        return [.. trained.OrderBy(block => secret.Seal(Purpose, Encoding.ASCII.GetBytes($"{digest}\n{block}")))
            .Take((int)Math.Ceiling(share * trained.Length)).Order()];
    }

    /// <summary>Seals a choice, so that a certificate can hold it without telling which blocks held forgotten records.</summary>
    internal static Digest Seal(RunSecret secret, IReadOnlyList<int> chosen) => secret.Seal("spot-checks", CanonicalJson.SerializeToUtf8(chosen));
}
