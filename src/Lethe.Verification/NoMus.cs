namespace Lethe.Verification;

/// <summary>
/// NoMUS of the MUFAC benchmark (Choi and Na 2023, arXiv 2311.02240): λ · test accuracy + (1 − λ) · (1 − 2·|membership accuracy − 0.5|). Its
/// goal is chance, not what gold has, and it forgives damage: read it beside gold and <see cref="Gap"/>.
/// </summary>
public static class NoMus
{
    /// <summary>The weight of accuracy, λ.</summary>
    public const double Lambda = 0.5;

    /// <summary>Name of the measurement.</summary>
    public const string Name = "nomus (higher is better; 1: all right and membership at chance)";

    /// <summary>Name of the signed gap's measurement.</summary>
    public const string GapName = "nomus minus gold's (0: equal to gold)";

    /// <summary>The score in [0, 1].</summary>
    /// <param name="testAccuracy">Accuracy on test records, in [0, 1].</param>
    /// <param name="membershipAccuracy">Accuracy of the membership attack, in [0, 1].</param>
    /// <param name="lambda">Weight of accuracy, in [0, 1].</param>
    public static double Of(double testAccuracy, double membershipAccuracy, double lambda = Lambda) =>
        lambda * testAccuracy + (1 - lambda) * (1 - 2 * Math.Abs(membershipAccuracy - 0.5));

    /// <summary>The score of a model as a measurement.</summary>
    /// <param name="subject">Whose: one of <see cref="Subjects"/>.</param>
    /// <param name="testAccuracy">Accuracy on test records, in [0, 1].</param>
    /// <param name="attack">The membership attack on that model.</param>
    public static Measurement Measure(string subject, double testAccuracy, MembershipInference attack)
    {
        ArgumentNullException.ThrowIfNull(attack);
        return new Measurement(Name, subject, Of(testAccuracy, attack.Accuracy), "membership at chance (0.5)", Directions.HigherIsBetter);
    }

    /// <summary>How much a score lies above (positive) or below that of gold.</summary>
    public static Measurement Gap(string subject, double score, double gold) =>
        new(GapName, subject, score - gold, "gold", Directions.EqualToGold);
}
