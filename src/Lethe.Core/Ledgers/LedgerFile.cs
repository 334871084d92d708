using Lethe.Core.Errors;
using Lethe.Core.Evidence;
using Lethe.Core.Records;
using Lethe.Core.Signing;
using Lethe.Core.Store;

namespace Lethe.Core.Ledgers;

/// <summary>
/// The ledger of a run directory: <c>ledger.jsonl</c>, to which lines are only added, and <c>ledger.head</c>, which says how many there are.
/// Anybody may read; only the holder of the run's lock may append.
/// </summary>
/// <remarks>
/// A writer killed at any moment leaves a whole ledger, a last line that is cut short and not counted (dropped by the next writer), or a last line
/// that is whole and not counted yet (counted by the next writer). Everything else is damage.
/// </remarks>
public static class LedgerFile
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "ledger.jsonl";

    /// <summary>Name of the file that counts its entries.</summary>
    public const string HeadFileName = LedgerHead.FileName;

    private const string DescriptionName = "run.json", RequestsName = "requests";
    private const int Attempts = 20;

    /// <summary>Whether the run keeps a ledger.</summary>
    public static bool Exists(string run) => File.Exists(Path.Combine(run, FileName)) || File.Exists(Path.Combine(run, HeadFileName));

    /// <summary>Reads and checks the ledger; an empty one where the run has none.</summary>
    /// <param name="run">The run directory.</param>
    /// <exception cref="StoreDamagedException">It is damaged, or does not belong to this run.</exception>
    public static Ledger Read(string run) => ReadStable(run).Ledger;

    /// <summary>Reads and checks the ledger, and says whether no writer was killed on it: every line is whole and counted.</summary>
    internal static (Ledger Ledger, bool IsSettled) ReadWithState(string run)
    {
        var (ledger, whole, length) = ReadStable(run);
        var head = LedgerHead.ReadText(run);
        return (ledger, whole == length && (head is null ? 0 : LedgerHead.Parse(head, run).Count) == ledger.Entries.Count);
    }

    /// <summary>Adds an entry durably. An unsigned one that has been recorded before, at whatever time, is not written again.</summary>
    /// <param name="run">The run directory; its lock must be held.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="signers">Who signs the entry: the old and the new key for a rotation, else nobody.</param>
    /// <returns>The entry, new or old.</returns>
    /// <exception cref="StoreDamagedException">The ledger is damaged.</exception>
    /// <exception cref="LetheException">It cannot be written.</exception>
    public static LedgerEntry Append(string run, LedgerEvent happened, params IReadOnlyList<ISigner> signers)
    {
        var (ledger, whole, length) = ReadStable(run);
        if (signers.Count == 0 && ledger.Entries.FirstOrDefault(entry => entry.Event.IsSameAs(happened)) is { } known)
        {
            new LedgerHead(ledger.Entries.Count, ledger.Head).Write(run);
            return known;
        }
        var added = LedgerEntry.Create(ledger.Entries.Count, ledger.Head, happened, signers);
        _ = SigningRules.Next(added, ledger.Key);
        Write(Path.Combine(run, FileName), whole, length, [.. added.ToLine(), (byte)'\n']);
        new LedgerHead(added.Number + 1, added.Digest).Write(run);
        return added;
    }

    /// <summary>The ledger, how many of its bytes are whole lines, and how many bytes there are.</summary>
    private static (Ledger Ledger, int Whole, int Length) ReadStable(string run)
    {
        // A head that is the same before and after belongs to the lines read in between, whatever another process writes.
        for (var attempt = 0; ; attempt++)
        {
            var before = LedgerHead.ReadText(run);
            var path = Path.Combine(run, FileName);
            var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
            if (LedgerHead.ReadText(run) == before || attempt == Attempts)
                return Check(run, before is null ? null : LedgerHead.Parse(before, run), bytes);
        }
    }

    private static (Ledger, int, int) Check(string run, LedgerHead? head, byte[] bytes)
    {
        var path = Path.Combine(run, FileName);
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        if (bytes.Length == 0 && head is null)
            return HadOne(run) ? throw Missing(run) : (Ledger.Empty(GenesisOf(run)), 0, 0);
        var ledger = Ledger.Parse(bytes.AsSpan(0, whole), GenesisOf(run), path);
        var counted = head?.Count ?? 0;
        var problem = ledger.Entries.Count < counted ? $"entries were cut off: {ledger.Entries.Count} of {counted} are left"
            : head is not null && ledger.HeadOf(counted) != head.Digest ? $"{HeadFileName} tells of another entry {counted - 1}"
            : ledger.Entries.Count > counted + 1 || (ledger.Entries.Count > counted && whole < bytes.Length) ? $"{HeadFileName} counts only {counted} of {ledger.Entries.Count} entries"
            : null;
        return problem is null
            ? (ledger, whole, bytes.Length)
            : throw new StoreDamagedException($"{path} is damaged: {problem}. Restore both files from a backup.");
    }

    /// <summary>Whether something in a run without a ledger was sealed or signed while there was one. The ledger is begun before the run's secret is made.</summary>
    private static bool HadOne(string run) => CertificateBundle.In(run).Count > 0
        || (File.Exists(Path.Combine(run, RunSecret.FileName)) && Directory.Exists(Path.Combine(run, RequestsName)) && Directory.EnumerateDirectories(Path.Combine(run, RequestsName)).Any());

    /// <summary>What to say of a run whose ledger is gone.</summary>
    public static StoreDamagedException Missing(string run) => new(
        $"{FileName} and {HeadFileName} are missing in {run}, although it holds requests or certificates. Restore both from a backup. Without one, move {RunSecret.FileName} and the folder {CertificateBundle.FolderName} away: the next command that writes the run begins a new ledger, with which certificates issued before do not agree.");

    private static Digest GenesisOf(string run)
    {
        var path = Path.Combine(run, DescriptionName);
        return File.Exists(path)
            ? Digest.Of(File.ReadAllBytes(path))
            : throw new StoreDamagedException($"The run's file {path} is missing. Restore it from a backup.");
    }

    private static void Write(string path, int whole, int length, byte[] line)
    {
        try
        {
            var isNew = !File.Exists(path);
            using (var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite))
            {
                if (length > whole)
                    RandomAccess.SetLength(handle, whole);
                RandomAccess.Write(handle, line, whole);
                RandomAccess.FlushToDisk(handle);
            }
            if (isNew)
                NativeFile.FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LetheException($"Cannot write {path}: {error.Message} Free space or correct the permissions, then repeat the command.", error);
        }
    }
}
