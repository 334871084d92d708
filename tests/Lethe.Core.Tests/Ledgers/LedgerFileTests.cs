using System.Text;
using Lethe.Core.Errors;
using Lethe.Core.Ledgers;
using Lethe.Core.Records;

namespace Lethe.Core.Tests.Ledgers;

public class LedgerFileTests
{
    [Fact]
    public void Bytes_of_a_chain_are_as_they_were()
    {
        using var run = new LedgerRun().With(3);
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", "ledger", "ledger.jsonl")), File.ReadAllText(run.Ledger));
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", "ledger", "ledger.head")), File.ReadAllText(run.Head));
    }

    [Fact]
    public void What_was_appended_is_read()
    {
        using var run = new LedgerRun().With(4);
        var ledger = LedgerFile.Read(run.Path);
        Assert.Equal(Enumerable.Range(0, 4).Select(LedgerRun.Event), ledger.Entries.Select(entry => entry.Event));
        Assert.Equal(ledger.Entries[3].Digest, ledger.Head);
        Assert.Empty(LedgerFile.Read(new LedgerRun().Path).Entries);
    }

    [Fact]
    public void The_same_event_is_recorded_once_whatever_the_time()
    {
        using var run = new LedgerRun().With(3);
        var again = LedgerFile.Append(run.Path, LedgerRun.Event(1) with { At = LedgerRun.At(99) });
        Assert.Equal(1, again.Number);
        Assert.Equal(3, LedgerFile.Read(run.Path).Entries.Count);
    }

    /// <summary>A writer may be killed after any byte of a line, and before or after the head is replaced.</summary>
    [Fact]
    public void Any_moment_of_a_killed_writer_is_recovered()
    {
        using var run = new LedgerRun().With(2);
        byte[] before = File.ReadAllBytes(run.Ledger), head = File.ReadAllBytes(run.Head);
        LedgerFile.Append(run.Path, LedgerRun.Event(2));
        var after = File.ReadAllBytes(run.Ledger);
        foreach (var length in Enumerable.Range(before.Length, after.Length - before.Length + 1).Where(length => length % 29 == 0 || length < before.Length + 2 || length > after.Length - 2))
        {
            File.WriteAllBytes(run.Ledger, after[..length]);
            File.WriteAllBytes(run.Head, head);
            Assert.Equal(length == after.Length ? 3 : 2, LedgerFile.Read(run.Path).Entries.Count);
            LedgerFile.Append(run.Path, LedgerRun.Event(2));
            Assert.Equal(after, File.ReadAllBytes(run.Ledger));
            Assert.Equal(3, LedgerFile.Read(run.Path).Entries.Count);
        }
    }

    [Fact]
    public void The_first_line_of_a_killed_writer_is_recovered()
    {
        using var run = new LedgerRun().With(1);
        var whole = File.ReadAllBytes(run.Ledger);
        File.Delete(run.Head);
        File.WriteAllBytes(run.Ledger, whole[..40]);
        Assert.Empty(LedgerFile.Read(run.Path).Entries);
        run.With(2);
        Assert.Equal(2, LedgerFile.Read(run.Path).Entries.Count);
    }

    [Theory]
    [InlineData("a byte"), InlineData("case of a digest"), InlineData("last line gone"), InlineData("first line gone"), InlineData("ledger gone"), InlineData("head gone")]
    [InlineData("two swapped"), InlineData("one repeated"), InlineData("line feed"), InlineData("blank line"), InlineData("another run"), InlineData("head behind")]
    public void Damage_is_refused(string damage)
    {
        using var run = new LedgerRun().With(4);
        using var other = new LedgerRun("{\"format\":2}\n").With(4);
        var lines = File.ReadAllLines(run.Ledger);
        var written = damage switch
        {
            "a byte" => Joined([lines[0], lines[1].Replace("request-0001", "request-0007", StringComparison.Ordinal), .. lines[2..]]),
            "case of a digest" => Joined([.. lines[..3], "{\"digest\":\"" + lines[3][11..75].ToUpperInvariant() + lines[3][75..]]),
            "last line gone" => Joined(lines[..3]),
            "first line gone" => Joined(lines[1..]),
            "two swapped" => Joined([lines[0], lines[2], lines[1], lines[3]]),
            "one repeated" => Joined([.. lines, lines[1]]),
            "line feed" => Joined(lines)[..^1] + " ",
            "blank line" => Joined([.. lines, ""]),
            "another run" => File.ReadAllText(other.Ledger),
            _ => Joined(lines),
        };
        File.WriteAllText(run.Ledger, written);
        if (damage == "ledger gone") File.Delete(run.Ledger);
        if (damage == "head gone") File.Delete(run.Head);
        if (damage == "head behind") File.Copy(new LedgerRun().With(2).Head, run.Head, overwrite: true);
        Assert.Equal(4, Assert.Throws<StoreDamagedException>(() => LedgerFile.Read(run.Path)).ExitCode);
        Assert.Throws<StoreDamagedException>(() => LedgerFile.Append(run.Path, LedgerRun.Event(9)));
        Assert.Equal(damage == "ledger gone" ? "" : written, File.Exists(run.Ledger) ? File.ReadAllText(run.Ledger) : "");
    }

    [Fact]
    public void Rotation_is_signed_by_both_keys_and_changes_who_may_sign()
    {
        using var run = new LedgerRun().With(1);
        using MemoryKey first = new(), second = new(), third = new();
        LedgerFile.Append(run.Path, Certified(1, first));
        Assert.Throws<BadDataException>(() => LedgerFile.Append(run.Path, Certified(2, second)));
        Assert.Throws<BadDataException>(() => LedgerFile.Append(run.Path, Rotated(first, second), second, second));
        Assert.Throws<BadDataException>(() => LedgerFile.Append(run.Path, Rotated(first, second), first));
        Assert.Throws<BadDataException>(() => LedgerFile.Append(run.Path, Rotated(third, second), third, second));
        LedgerFile.Append(run.Path, Rotated(first, second), first, second);
        LedgerFile.Append(run.Path, Certified(2, second));
        Assert.Throws<BadDataException>(() => LedgerFile.Append(run.Path, Certified(3, first)));
        LedgerFile.Append(run.Path, Rotated(second, first), second, first);
        LedgerFile.Append(run.Path, Rotated(first, second), first, second);
        var ledger = LedgerFile.Read(run.Path);
        Assert.Equal(6, ledger.Entries.Count);
        Assert.Equal(second.Key.Id, ledger.Key);
    }

    private static LedgerEvent Certified(int number, MemoryKey key) =>
        new(LedgerEventKind.Certified, LedgerRun.At(number)) { Document = Digest.OfText($"certificate {number}"), Key = key.Key.Id };

    private static LedgerEvent Rotated(MemoryKey from, MemoryKey to) =>
        new(LedgerEventKind.KeyRotated, LedgerRun.At(5)) { Key = to.Key.Id, PreviousKey = from.Key.Id };

    private static string Joined(IEnumerable<string> lines) => new StringBuilder().AppendJoin('\n', lines).Append('\n').ToString();
}
