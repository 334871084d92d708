using System.Text;
using Lethe.Core.Records;

namespace Lethe.Core.Steps;

/// <summary>Identifies sets of deleted records.</summary>
public static class DeletedRecords
{
    /// <summary>SHA-256 of the UTF-8 text <c>lethe-deleted-1</c>, a line feed, and the numbers in ascending order, decimal, joined by commas.</summary>
    /// <remarks>Not salted: whoever has the digest can test guesses of a small set, as can whoever has the run's <c>index.json</c>.</remarks>
    /// <param name="records">Record numbers in any order.</param>
    public static Digest DigestOf(IEnumerable<int> records) =>
        Digest.OfText(new StringBuilder("lethe-deleted-1\n").AppendJoin(',', records.Order()).ToString());
}
