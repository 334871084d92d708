using FsCheck.Fluent;
using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Core.Tests.Store;

public sealed class FileArtifactStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FileArtifactStore _store;

    public FileArtifactStoreTests() => _store = new(_directory.Path);

    public void Dispose() => _directory.Dispose();

    private string PathOf(Digest digest) => _directory[$"objects/{digest.ToString()[..2]}/{digest.ToString()[2..]}"];

    private static byte[] Bytes(int length, ulong seed)
    {
        var random = new CounterRandom(seed);
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
            bytes[i] = (byte)random.NextInt32(256);
        return bytes;
    }

    private string[] Files() => Directory.Exists(_directory["objects"]) ? Directory.GetFiles(_directory["objects"], "*", SearchOption.AllDirectories) : [];

    [Fact]
    public void Bytes_and_streams_come_back_by_their_digest()
    {
        Property.Holds(Gen.Choose(0, 3000), length =>
        {
            var data = Bytes(length, (ulong)length);
            var digest = _store.Put(data);
            Assert.Equal(Digest.Of(data), digest);
            Assert.Equal(digest, _store.Put(new MemoryStream(data)));
            Assert.Equal(data, _store.Get(digest));
            Assert.True(_store.Contains(digest));
            Assert.Equal(length, _store.SizeOf(digest));
            Assert.True(File.Exists(PathOf(digest)));
        }, tests: 20);
        Assert.All(Files(), file => Assert.DoesNotContain(".tmp", file, StringComparison.Ordinal));
    }

    [Fact]
    public void Large_streams_are_stored_in_pieces()
    {
        var data = Bytes(300_001, 1);
        Assert.Equal(data, _store.Get(_store.Put(new MemoryStream(data))));
    }

    [Fact]
    public void An_empty_store_is_empty()
    {
        Assert.Empty(_store.List());
        Assert.Equal(0, _store.Collect(new HashSet<Digest>()));
        _store.Flush();
        Assert.False(_store.Contains(Digest.OfText("x")));
        Assert.False(Directory.Exists(_directory["objects"]));
    }

    [Fact]
    public void One_flipped_bit_is_found_and_named_with_the_remedy()
    {
        var data = Bytes(1000, 2);
        var digest = _store.Put(data);
        for (var bit = 0; bit < 8000; bit += 997)
        {
            var damaged = (byte[])data.Clone();
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            File.WriteAllBytes(PathOf(digest), damaged);
            var error = Assert.Throws<StoreDamagedException>(() => _store.Get(digest));
            Assert.Contains(PathOf(digest), error.Message, StringComparison.Ordinal);
            Assert.Contains("Restore the file from a backup", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Truncated_and_missing_objects_are_found()
    {
        var digest = _store.Put(Bytes(1000, 3));
        File.WriteAllBytes(PathOf(digest), Bytes(1000, 3)[..999]);
        Assert.Throws<StoreDamagedException>(() => _store.Get(digest));
        File.Delete(PathOf(digest));
        Assert.Contains("missing", Assert.Throws<StoreDamagedException>(() => _store.Get(digest)).Message, StringComparison.Ordinal);
        Assert.Throws<StoreDamagedException>(() => _store.SizeOf(digest));
        Assert.Throws<StoreDamagedException>(() => _store.Get(Digest.OfText("never put")));
    }

    [Fact]
    public void Putting_again_heals_a_damaged_object()
    {
        var data = Bytes(500, 4);
        var digest = _store.Put(data);
        File.WriteAllBytes(PathOf(digest), new byte[500]);
        _store.Put(data);
        Assert.Equal(data, _store.Get(digest));
    }

    [Fact]
    public void Collect_keeps_the_roots_and_removes_garbage_and_stale_temporary_files()
    {
        var kept = _store.Put("keep"u8);
        var dropped = new[] { _store.Put("a"u8), _store.Put("b"u8) };
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(PathOf(kept))!, ".tmp-999-1"), "left by a killed process");
        File.WriteAllText(_directory["objects/.tmp-999-2"], "left by a killed process");
        Assert.Equal(2, _store.Collect(new HashSet<Digest> { kept }));
        Assert.Equal([kept], _store.List());
        Assert.All(dropped, digest => Assert.False(_store.Contains(digest)));
        Assert.Equal([PathOf(kept)], Files());
        _store.Flush();
    }

    [Fact]
    public void Delete_removes_one_object_and_forgives_absence()
    {
        var digest = _store.Put("x"u8);
        _store.Delete(digest);
        _store.Delete(digest);
        Assert.Empty(_store.List());
        _store.Flush();
        Assert.Equal(digest, _store.Put("x"u8));
        _store.Flush();
        Assert.Equal("x"u8.ToArray(), _store.Get(digest));
    }

    [Fact]
    public void Foreign_files_are_not_objects()
    {
        var digest = _store.Put("x"u8);
        File.WriteAllText(_directory["objects/README"], "hello");
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(PathOf(digest))!, "note"), "hello");
        Assert.Equal([digest], _store.List());
    }

    [Fact]
    public void A_second_store_on_the_directory_sees_the_objects()
    {
        var digest = _store.Put("x"u8);
        _store.Flush();
        Assert.Equal("x"u8.ToArray(), new FileArtifactStore(_directory.Path).Get(digest));
    }

    [Fact]
    public void Many_threads_may_put_and_get_at_once()
    {
        var data = Enumerable.Range(0, 24).Select(i => Bytes(5000, (ulong)i % 8)).ToArray();
        var digests = data.Select(bytes => Digest.Of(bytes)).ToArray();
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var k = i % data.Length;
            Assert.Equal(digests[k], _store.Put(data[k]));
            Assert.Equal(data[k], _store.Get(digests[k]));
            if (i % 50 == 0)
                _store.Flush();
        });
        Assert.Equal(8, _store.List().Count());
    }

    [Fact]
    public void An_unwritable_place_is_one_clear_error()
    {
        File.WriteAllText(_directory["objects"], "a file is in the way");
        Assert.Contains("Cannot create directory", Assert.Throws<LetheException>(() => _store.Put("x"u8)).Message, StringComparison.Ordinal);
        Assert.Throws<LetheException>(() => _store.Put(new MemoryStream([1])));
    }
}
