using Lethe.Verification;

namespace Lethe;

/// <summary>What the trigger of one forgotten person says: its hit rates on unseen records that carry it, with their exact 95 % intervals.</summary>
/// <param name="Before">Hits of the model before.</param>
/// <param name="After">Hits of the model after.</param>
/// <param name="Never">Hits of triggers that nobody planted, on the model after, one entry a trigger.</param>
/// <param name="Test">The test on the safe side of both rates: p is the lower end before, q the highest upper end of triggers never planted.</param>
/// <param name="PValue">How unlikely so many hits are when the data is gone.</param>
/// <param name="Outcome">What the hits say.</param>
public sealed record CanaryResult(
    BackdoorHitRate Before, BackdoorHitRate After, IReadOnlyList<BackdoorHitRate> Never, BackdoorTest Test, double PValue, BackdoorOutcome Outcome);
