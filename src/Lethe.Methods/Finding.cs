namespace Lethe.Methods;

/// <summary>Something that a method found or did on the way and that belongs in the report: a number, or a series of them.</summary>
/// <param name="Name">What it is, with its unit, for example <c>noise loss</c>.</param>
/// <param name="Values">One value, or a series.</param>
/// <param name="Labels">What each value belongs to, for example a layer; null: its position.</param>
public sealed record Finding(string Name, IReadOnlyList<double> Values, IReadOnlyList<string>? Labels = null);

/// <summary>A picture that a method made.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Channels">1 (grey) or 3 (red, green, blue).</param>
/// <param name="Height">In pixels.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Pixels">Channels × height × width bytes, one channel after the other.</param>
public sealed record FindingPicture(string Name, int Channels, int Height, int Width, byte[] Pixels);

/// <summary>All that a method has to tell besides its model.</summary>
/// <param name="Numbers">Numbers and series.</param>
/// <param name="Pictures">Pictures; none of them may show a record.</param>
public sealed record MethodFindings(IReadOnlyList<Finding> Numbers, IReadOnlyList<FindingPicture> Pictures)
{
    /// <summary>Nothing.</summary>
    public static MethodFindings None { get; } = new([], []);
}
