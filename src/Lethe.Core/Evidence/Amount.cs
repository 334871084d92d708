using System.Globalization;

namespace Lethe.Core.Evidence;

/// <summary>A number with its noun, in singular or plural.</summary>
internal static class Amount
{
    public static string Of(long count, string one, string many) => $"{count.ToString("#,0", CultureInfo.InvariantCulture)} {(count == 1 ? one : many)}";
}
