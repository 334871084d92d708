using System.Globalization;
using Lethe.Core.Errors;

namespace Lethe.Training.Training;

/// <summary>Random shifts and mirror images of training samples.</summary>
/// <param name="Shift">Largest shift in pixels in each direction; the border is filled with black. 0: none.</param>
/// <param name="Flip">Whether an image is mirrored left-right with probability 1/2.</param>
public sealed record Augmentation(int Shift, bool Flip)
{
    /// <summary>Pixels of <c>crop</c> without a number, as usual for CIFAR.</summary>
    public const int DefaultCrop = 4;

    private const int LargestShift = 64;

    /// <summary>No augmentation.</summary>
    public static Augmentation None { get; } = new(0, false);

    /// <summary>Whether samples stay as they are.</summary>
    public bool IsNone => Shift == 0 && !Flip;

    /// <summary>Reads <c>none</c>, <c>shift:N</c>, <c>flip</c>, <c>crop[:N]</c> or <c>flip+crop[:N]</c>.</summary>
    /// <remarks>A crop of N is a shift by up to N: both pad by N and cut the old size out.</remarks>
    /// <exception cref="UsageException">The text has another form.</exception>
    public static Augmentation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = None;
        foreach (var part in text == "none" ? [] : text.Split('+'))
        {
            var (name, pixels) = part.Split(':') switch
            {
                [var alone] => (alone, alone == "crop" ? DefaultCrop : 0),
                [var first, var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                    && n is >= 1 and <= LargestShift => (first, n),
                _ => ("", 0),
            };
            result = name switch
            {
                "flip" when pixels == 0 && !result.Flip => result with { Flip = true },
                "shift" or "crop" when pixels > 0 && result.Shift == 0 => result with { Shift = pixels },
                _ => throw new UsageException(
                    $"Augmentation '{text}' is not known; "
                    + $"give none, shift:N, flip, crop:N or flip+crop:N with N from 1 to {LargestShift}."),
            };
        }
        return result;
    }
}
