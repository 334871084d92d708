using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lethe.Core.Records;
using Lethe.Core.Steps;

namespace Lethe.Core.Evidence;

/// <summary>
/// The keyed choice of steps for a spot check. Who trained cannot foresee it, if the key is told after the steps are fixed; and who has the key can
/// repeat it.
/// </summary>
public static class SpotCheck
{
    /// <summary>The share of steps that is checked unless another is asked for.</summary>
    public const double DefaultShare = 0.01;

    /// <summary>
    /// Chooses the share (rounded to the nearest number, half up; at least one) whose HMAC-SHA256 under the key is least, of the UTF-8 text <c>lethe-step-1</c>, the identity
    /// and the number, with a space between them.
    /// </summary>
    /// <param name="key">The key; any text, taken as UTF-8.</param>
    /// <param name="identity">Digest of what the choice is made from.</param>
    /// <param name="numbers">Numbers of the steps, distinct, at least one.</param>
    /// <param name="share">In (0, 1].</param>
    /// <returns>The chosen numbers, ascending.</returns>
    public static IReadOnlyList<int> Choose(string key, Digest identity, IReadOnlyCollection<int> numbers, double share)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentOutOfRangeException.ThrowIfZero(numbers.Count);
        if (!(share is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "The share must lie in (0, 1].");
        var secret = Encoding.UTF8.GetBytes(key);
        Digest Rank(int number) => Digest.Parse(Convert.ToHexString(
            HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"lethe-step-1 {identity} {number}")))));
        var count = Math.Clamp((int)Math.Round(share * numbers.Count, MidpointRounding.AwayFromZero), 1, numbers.Count);
        return [.. numbers.OrderBy(Rank).Take(count).Order()];
    }

    /// <summary>
    /// The trained steps that the certificate of a request names for a spot check: <see cref="DefaultShare"/> of them, chosen by a key of the run's secret and the
    /// steps' digest, which was known only after they were carried out.
    /// </summary>
    /// <param name="secret">The run's secret.</param>
    /// <param name="steps">The request's steps.</param>
    /// <returns>Numbers of blocks, ascending; none where the request trained none.</returns>
    public static IReadOnlyList<int> Certified(RunSecret secret, StepRecord steps)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(steps);
        int[] trained = [.. steps.Steps.Where(step => step.Kind == StepKind.Trained).Select(step => step.Block)];
        return trained.Length == 0 ? [] : Choose(secret.Seal("spot-key", []).ToString(), steps.Digest, trained, DefaultShare);
    }
}
