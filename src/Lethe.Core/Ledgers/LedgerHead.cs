using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Core.Ledgers;

/// <summary>How far the ledger is, in a file of its own, replaced after every entry: lines that were cut off are missed.</summary>
internal sealed record LedgerHead(int Count, Digest Digest)
{
    public const string FileName = "ledger.head";

    /// <summary>The text of the file; null where there is none.</summary>
    public static string? ReadText(string run)
    {
        var path = Path.Combine(run, FileName);
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    /// <exception cref="StoreDamagedException">The text is not one that <see cref="ToText"/> wrote.</exception>
    public static LedgerHead Parse(string text, string run)
    {
        try
        {
            var head = CanonicalJson.Deserialize<LedgerHead>(text);
            if (head.ToText() == text && head.Count > 0)
                return head;
        }
        catch (BadDataException)
        {
        }
        throw new StoreDamagedException($"{Path.Combine(run, FileName)} is damaged. Restore it and {LedgerFile.FileName} from a backup.");
    }

    public void Write(string run) => AtomicFile.WriteAllText(Path.Combine(run, FileName), ToText());

    private string ToText() => CanonicalJson.Serialize(this) + "\n";
}
