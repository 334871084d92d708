namespace Lethe.Core.Store;

/// <summary>An array of numbers with its name, as raw little-endian bytes in row-major order.</summary>
/// <param name="Name">Unique in its file; not "__metadata__".</param>
/// <param name="Type">The element type.</param>
/// <param name="Shape">The dimensions, outermost first; empty for a scalar.</param>
/// <param name="Data">Product of the shape × element size bytes.</param>
public sealed record NamedArray(string Name, ElementType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data);
