namespace Lethe.Core.Verdicts;

/// <summary>The measures that a verdict can rest on, and that a <see cref="VerificationPolicy"/> switches.</summary>
public static class VerdictMeasures
{
    /// <summary>Share of the forgotten records that are put into their class.</summary>
    public const string ForgottenAccuracy = "forgotten-accuracy";

    /// <summary>Mean cross-entropy of the forgotten records.</summary>
    public const string ForgottenLoss = "forgotten-loss";

    /// <summary>Mean logit-scaled confidence ln(p / (1 − p)) of the forgotten records.</summary>
    public const string ForgottenConfidence = "forgotten-confidence";

    /// <summary>Area under the curve of the attack that takes a low loss for membership.</summary>
    public const string MembershipLoss = "membership-loss";

    /// <summary>Area under the curve of the attack that takes a low entropy for membership.</summary>
    public const string MembershipEntropy = "membership-entropy";

    /// <summary>Area under the curve of the attack that takes a high confidence for membership.</summary>
    public const string MembershipConfidence = "membership-confidence";

    /// <summary>Area under the curve of the attack that takes a large margin for membership.</summary>
    public const string MembershipMargin = "membership-margin";

    /// <summary>Similarity of the outputs for the forgotten records to those of a random network.</summary>
    public const string ZeroRetrainForgetting = "zrf";

    /// <summary>Mean divergence from the gold models on the forgotten records.</summary>
    public const string ForgottenDivergence = "forgotten-divergence";

    /// <summary>Divergence of the margins of the forgotten records from those of the gold models.</summary>
    public const string MarginDivergence = "margin-divergence";

    /// <summary>Share of triggered records that are put into the class that the trigger asks for.</summary>
    public const string BackdoorHits = "backdoor-hits";

    /// <summary>Likelihood-ratio attack with shadow models that learned the records: does the model know them?</summary>
    public const string ULira = "u-lira";

    /// <summary>Likelihood-ratio attack with shadow models that learned and forgot the records: did the model forget them?</summary>
    public const string ForgottenULira = "u-lira-after-forgetting";

    /// <summary>Population attack with few shadow models.</summary>
    public const string Rmia = "rmia";

    /// <summary>Loss of the forgotten records after a few steps of relearning them.</summary>
    public const string RelearnedLoss = "relearned-loss";

    /// <summary>Accuracy on the forgotten records after a few steps of relearning them.</summary>
    public const string RelearnedAccuracy = "relearned-accuracy";

    /// <summary>Loss of the forgotten records after the weights were rounded to eight bits.</summary>
    public const string RoundedLoss = "int8-loss";

    /// <summary>Accuracy on the forgotten records after the weights were rounded to eight bits.</summary>
    public const string RoundedAccuracy = "int8-accuracy";

    /// <summary>Between which values a figure can lie at all: 0 and 1 for shares and areas, at least 0 for losses and distances.</summary>
    /// <param name="name">One of <see cref="All"/>; anything else has no limits.</param>
    public static (double Least, double Most) LimitsOf(string name) => name switch
    {
        ForgottenAccuracy or RelearnedAccuracy or RoundedAccuracy or BackdoorHits or ULira or ForgottenULira or Rmia
            or MembershipLoss or MembershipEntropy or MembershipConfidence or MembershipMargin or ZeroRetrainForgetting => (0, 1),
        ForgottenLoss or RelearnedLoss or RoundedLoss or ForgottenDivergence or MarginDivergence => (0, double.PositiveInfinity),
        _ => (double.NegativeInfinity, double.PositiveInfinity),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ForgottenAccuracy, ForgottenLoss, ForgottenConfidence, MembershipLoss, MembershipEntropy, MembershipConfidence, MembershipMargin,
        ZeroRetrainForgetting, ForgottenDivergence, MarginDivergence, BackdoorHits, ULira, ForgottenULira, Rmia,
        RelearnedLoss, RelearnedAccuracy, RoundedLoss, RoundedAccuracy,
    ];
}
