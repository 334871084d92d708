using Lethe.Core.Verdicts;
using Lethe.Training.Training;

namespace Lethe.Verification;

/// <summary>
/// A membership attack by loss on retained records that resemble the forgotten ones: forgetting some can expose those next to them ("privacy
/// onion", Carlini et al., arXiv 2206.10469). Unseen records that resemble the forgotten ones as much are the other side.
/// </summary>
public static class NeighbourAttack
{
    /// <summary>Name of the figure in a model's aggregates.</summary>
    public const string Figure = "neighbour-membership";

    /// <summary>Area under the attack's curve for one model; 0.5 is chance.</summary>
    /// <param name="neighbours">What it says of retained neighbours.</param>
    /// <param name="unseen">What it says of unseen neighbours.</param>
    public static double Of(EvaluationResult neighbours, EvaluationResult unseen) => ForgottenFigures.Membership(neighbours, unseen, MembershipFeature.Loss);

    /// <summary>Puts the figures of all models side by side.</summary>
    /// <param name="records">How many retained neighbours were asked about.</param>
    /// <param name="original">The untouched model's figure; null: unknown.</param>
    /// <param name="candidate">The judged model's.</param>
    /// <param name="golds">Those of the gold models.</param>
    /// <param name="alpha">The level at which the candidate counts as above gold's range.</param>
    public static NeighbourPrivacy Compare(int records, double? original, double candidate, IReadOnlyList<double> golds, double alpha)
    {
        ArgumentNullException.ThrowIfNull(golds);
        var resolution = 1.0 / Math.Max(1, records);
        var aboveGold = NullDistribution.Of([.. golds], resolution) is { } range && candidate > range.Range(alpha).High;
        return new NeighbourPrivacy(records, original, candidate, golds, aboveGold && !(candidate <= original + resolution));
    }
}
