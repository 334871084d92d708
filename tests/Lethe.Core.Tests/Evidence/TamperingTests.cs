using FsCheck;
using FsCheck.Fluent;
using Lethe.Core.Errors;
using Lethe.Core.Evidence;
using Lethe.Core.Ledgers;
using Lethe.Core.Verdicts;

namespace Lethe.Core.Tests.Evidence;

/// <summary>Whatever is done to one file of a certificate or of its run, the verification notices.</summary>
public sealed class TamperingTests : IDisposable
{
    private const int Changes = 10_000;
    private readonly CertifiedRun _run = new(records: 24);
    private readonly string _bundle;
    private readonly (string Path, byte[] Bytes)[] _files;
    private readonly Dictionary<string, byte[]> _older = [];

    public TamperingTests()
    {
        _run.Judge(VerdictKind.Incomplete, 15);
        Remember();
        _run.Judge();
        _run.Replay(2);
        Remember();
        _run.Replay(4, minutes: 26);
        var issued = _run.Issue();
        _bundle = _run["export"];
        SubjectProof.Export(issued, SubjectProof.Of(_run.Path, issued, [3, 21]), _bundle);
        _files = [.. RunFiles().Concat(Directory.GetFiles(_bundle)).Order(StringComparer.Ordinal).Select(path => (path, File.ReadAllBytes(path)))];
        Assert.Equal(22, _files.Length);
        Assert.True(_run.Verify(_bundle).Holds, _run.Verify(_bundle).ToText());
    }

    public enum Change
    {
        Flip,
        Truncate,
        Swap,
        Repeat,
        Older,
    }

    [Fact]
    public void Every_change_is_noticed()
    {
        var kinds = Gen.Frequency((6, Gen.Constant(Change.Flip)), (2, Gen.Constant(Change.Truncate)), (2, Gen.Constant(Change.Swap)), (1, Gen.Constant(Change.Repeat)), (1, Gen.Constant(Change.Older)));
        var drawn = from change in kinds
                    from file in Gen.Choose(0, _files.Length - 1)
                    from first in Gen.Choose(0, int.MaxValue - 1)
                    from second in Gen.Choose(0, int.MaxValue - 1)
                    from mask in Gen.Choose(1, 255)
                    select (change, file, first, second, mask);
        var made = 0;
        Property.Holds(drawn, attack =>
        {
            var (path, bytes) = _files[attack.file];
            var changed = Changed(attack.change, path, bytes, attack.first, attack.second);
            if (changed is null || changed.AsSpan().SequenceEqual(bytes))
                changed = Flipped(bytes, attack.first, (byte)attack.mask);
            File.WriteAllBytes(path, changed);
            Assert.False(Holds(), $"{attack.change} of {path} at {attack.first % bytes.Length}, {attack.second % bytes.Length} went unnoticed");
            File.WriteAllBytes(path, bytes);
            made++;
        }, tests: Changes);
        Assert.Equal(Changes, made);
    }

    /// <summary>Files that belong together, all from an earlier state.</summary>
    [Theory]
    [InlineData(LedgerFile.FileName, LedgerFile.HeadFileName)]
    [InlineData("index.json", LedgerFile.FileName, LedgerFile.HeadFileName)]
    public void An_older_state_is_noticed(params string[] names)
    {
        foreach (var name in names)
            File.WriteAllBytes(Path.Combine(_run.Path, name), _older[Path.Combine(_run.Path, name)]);
        Assert.False(Holds());
    }

    [Fact]
    public void A_file_too_many_or_too_few_is_noticed()
    {
        File.WriteAllText(Path.Combine(_bundle, "note.txt"), "trust me");
        Assert.False(Holds());
        File.Delete(Path.Combine(_bundle, "note.txt"));
        foreach (var path in Directory.GetFiles(_bundle).Where(path => Path.GetFileName(path) is not (CertificateBundle.ProofFile or CertificatePage.FileName)))
        {
            var bytes = File.ReadAllBytes(path);
            File.Delete(path);
            Assert.False(Holds(), path);
            File.WriteAllBytes(path, bytes);
        }
        Assert.True(Holds());
    }

    public void Dispose() => _run.Dispose();

    private static byte[] Flipped(byte[] bytes, int at, byte mask)
    {
        byte[] changed = [.. bytes];
        changed[at % bytes.Length] ^= mask;
        return changed;
    }

    /// <summary>The file after the change; null where there is no such change, and a byte is flipped instead.</summary>
    private byte[]? Changed(Change change, string path, byte[] bytes, int first, int second)
    {
        byte[] changed = [.. bytes];
        var (at, other) = (first % bytes.Length, second % bytes.Length);
        switch (change)
        {
            case Change.Flip:
                return null;
            case Change.Truncate:
                return bytes[..at];
            case Change.Older:
                return _older.GetValueOrDefault(path);
        }
        var lines = Lines(bytes);
        if (lines.Count < 2)
        {
            (changed[at], changed[other]) = (changed[other], changed[at]);
            return changed;
        }
        (at, other) = (first % lines.Count, second % lines.Count);
        if (change == Change.Swap)
            (lines[at], lines[other]) = (lines[other], lines[at]);
        else
            lines.Insert(other, lines[at]);
        return [.. lines.SelectMany(line => line)];
    }

    private static List<byte[]> Lines(byte[] bytes)
    {
        var lines = new List<byte[]>();
        for (var start = 0; start < bytes.Length;)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', start);
            lines.Add(bytes[start..(end < 0 ? bytes.Length : end + 1)]);
            start = end < 0 ? bytes.Length : end + 1;
        }
        return lines;
    }

    private bool Holds()
    {
        try
        {
            return _run.Verify(_bundle).Holds;
        }
        catch (LetheException)
        {
            return false;
        }
    }

    private IEnumerable<string> RunFiles() =>
        Directory.GetFiles(_run.Path, "*", SearchOption.AllDirectories).Where(path => !path.Contains(CertificateBundle.FolderName, StringComparison.Ordinal));

    private void Remember()
    {
        foreach (var path in RunFiles())
            _older[path] = File.ReadAllBytes(path);
    }
}
