using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Lethe.Core.Errors;
using Lethe.Core.Records;
using Microsoft.Win32.SafeHandles;

namespace Lethe.Core.Store;

/// <summary>
/// An artifact store in a directory: the object with digest abcdef… is the file objects/ab/cdef…. Objects appear by
/// rename, so a killed process leaves whole objects and temporary files, never half an object. One process may write
/// at a time (see <see cref="DirectoryLock"/>), any number may read.
/// </summary>
/// <remarks>
/// Deleting removes the name and frees the blocks; it overwrites nothing unless <see cref="OverwritesOnDelete"/> says so.
/// On copy-on-write file systems and flash media overwriting does not reach the old blocks: where that matters, keep the
/// store on an encrypted volume whose key can be destroyed.
/// </remarks>
public sealed class FileArtifactStore : IArtifactStore
{
    private const string TemporaryPrefix = ".tmp-";
    private const int CopyBuffer = 1 << 17;
    private readonly string _objects;
    private readonly ConcurrentDictionary<Digest, byte> _unflushed = new();
    private readonly ConcurrentDictionary<string, byte> _changedDirectories = new();
    private readonly ConcurrentDictionary<string, byte> _knownDirectories = new();
    private long _temporaries;

    /// <summary>Opens the store, which comes into being with the first object.</summary>
    /// <param name="directory">The directory that holds (or will hold) "objects".</param>
    public FileArtifactStore(string directory) => _objects = Path.Combine(Path.GetFullPath(directory), "objects");

    /// <summary>Whether the bytes of an object (and of a temporary file) are overwritten before its name is removed, see <see cref="ErasedFile"/>.</summary>
    public bool OverwritesOnDelete { get; set; }

    /// <inheritdoc/>
    public Digest Put(ReadOnlySpan<byte> data)
    {
        var digest = Digest.Of(data);
        var path = PathOf(digest);
        if (!Holds(path, data))
        {
            var temporary = NewTemporary(Path.GetDirectoryName(path)!);
            try
            {
                using (var handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read))
                    RandomAccess.Write(handle, data, 0);
                File.Move(temporary, path, overwrite: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw Unwritable(temporary, error);
            }
        }
        MarkPut(digest, path);
        return digest;
    }

    /// <inheritdoc/>
    public Digest Put(Stream data)
    {
        var temporary = NewTemporary(_objects);
        try
        {
            Digest digest;
            using (var handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read))
                digest = Copy(data, handle);
            var path = PathOf(digest);
            CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(temporary, path, overwrite: true);
            MarkPut(digest, path);
            return digest;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(temporary, error);
        }
    }

    /// <inheritdoc/>
    public byte[] Get(Digest digest)
    {
        var path = PathOf(digest);
        byte[] data;
        try
        {
            data = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(path, error);
        }
        catch (IOException error)
        {
            throw new StoreDamagedException($"{path} cannot be read: {error.Message} {Remedy}", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new LetheException($"{path} cannot be read: {error.Message} Correct the permissions, then repeat the command.", error);
        }
        var found = Digest.Of(data);
        if (found != digest)
            throw new StoreDamagedException($"{path} is damaged: its bytes have the digest {found.Short}…, not the one in its name. {Remedy}");
        return data;
    }

    /// <inheritdoc/>
    public bool Contains(Digest digest) => File.Exists(PathOf(digest));

    /// <inheritdoc/>
    public long SizeOf(Digest digest)
    {
        var file = new FileInfo(PathOf(digest));
        return file.Exists ? file.Length : throw Missing(file.FullName, null);
    }

    /// <inheritdoc/>
    public IEnumerable<Digest> List()
    {
        foreach (var directory in Directories())
        {
            foreach (var file in Directory.EnumerateFiles(directory))
            {
                if (Digest.TryParse(Path.GetFileName(directory) + Path.GetFileName(file), out var digest))
                    yield return digest;
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>What is left of the blocks: see <see cref="FileArtifactStore"/>.</remarks>
    public void Delete(Digest digest)
    {
        var path = PathOf(digest);
        _unflushed.TryRemove(digest, out _);
        if (!File.Exists(path))
            return;
        Remove(path);
        _changedDirectories.TryAdd(Path.GetDirectoryName(path)!, 0);
    }

    /// <inheritdoc/>
    public int Collect(IReadOnlySet<Digest> roots)
    {
        foreach (var directory in Directories().Prepend(_objects))
        {
            foreach (var stale in Directory.Exists(directory) ? Directory.GetFiles(directory, TemporaryPrefix + "*") : [])
                Remove(stale);
        }
        var garbage = List().Where(digest => !roots.Contains(digest)).ToArray();
        foreach (var digest in garbage)
            Delete(digest);
        return garbage.Length;
    }

    /// <inheritdoc/>
    public void Flush()
    {
        // Taken off the lists first: what another thread puts meanwhile goes back on them and waits for the next Flush.
        var files = Take(_unflushed);
        var directories = Take(_changedDirectories);
        try
        {
            Parallel.ForEach(files, FlushObject);
            Parallel.ForEach(directories, NativeFile.FlushDirectory);
        }
        catch (AggregateException errors)
        {
            Array.ForEach(files, digest => _unflushed.TryAdd(digest, 0));
            Array.ForEach(directories, directory => _changedDirectories.TryAdd(directory, 0));
            throw new LetheException($"Cannot make the objects in {_objects} durable: {errors.InnerExceptions[0].Message} Check the disk, then repeat the command.", errors);
        }
    }

    private static T[] Take<T>(ConcurrentDictionary<T, byte> marks) where T : notnull =>
        [.. marks.Keys.Where(mark => marks.TryRemove(mark, out _))];

    private void FlushObject(Digest digest)
    {
        try
        {
            using var handle = File.OpenHandle(PathOf(digest), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(handle);
        }
        catch (FileNotFoundException)
        {
            // Deleted meanwhile: there is nothing left to make durable.
        }
    }

    private const string Remedy = "Restore the file from a backup of the run directory; without one, train the run again.";

    private static StoreDamagedException Missing(string path, Exception? error) =>
        new($"{path} is missing from the store. {Remedy}", error);

    private static LetheException Unwritable(string temporary, Exception error)
    {
        if (File.Exists(temporary))
            File.Delete(temporary);
        return new($"Cannot write an object beside {temporary}: {error.Message} Free space or correct the permissions, then repeat the command.", error);
    }

    private void Remove(string path)
    {
        try
        {
            if (OverwritesOnDelete)
                ErasedFile.Overwrite(path);
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LetheException($"Cannot remove {path}: {error.Message} Correct the permissions, then repeat the command.", error);
        }
    }

    private string PathOf(Digest digest)
    {
        var name = digest.ToString();
        return Path.Combine(_objects, name[..2], name[2..]);
    }

    private string NewTemporary(string directory)
    {
        CreateDirectory(directory);
        var number = Interlocked.Increment(ref _temporaries).ToString(CultureInfo.InvariantCulture);
        return Path.Combine(directory, $"{TemporaryPrefix}{Environment.ProcessId}-{number}");
    }

    private void CreateDirectory(string directory)
    {
        if (_knownDirectories.ContainsKey(directory))
            return;
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LetheException($"Cannot create directory {directory}: {error.Message} Correct the path or the permissions, then repeat the command.", error);
        }
        for (var changed = Path.GetDirectoryName(directory)!; changed.Length >= Path.GetDirectoryName(_objects)!.Length; changed = Path.GetDirectoryName(changed)!)
            _changedDirectories.TryAdd(changed, 0);
        _knownDirectories.TryAdd(directory, 0);
    }

    private void MarkPut(Digest digest, string path)
    {
        _unflushed.TryAdd(digest, 0);
        _changedDirectories.TryAdd(Path.GetDirectoryName(path)!, 0);
    }

    /// <summary>Whether the file is there with exactly these bytes; a damaged one is thus replaced by the next Put.</summary>
    private static bool Holds(string path, ReadOnlySpan<byte> data)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == data.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(data);
    }

    private static Digest Copy(Stream data, SafeFileHandle handle)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[CopyBuffer];
        var offset = 0L;
        for (int read; (read = data.Read(buffer)) > 0; offset += read)
        {
            hash.AppendData(buffer, 0, read);
            RandomAccess.Write(handle, buffer.AsSpan(0, read), offset);
        }
        return Digest.Of(hash);
    }

    private IEnumerable<string> Directories() =>
        Directory.Exists(_objects) ? Directory.EnumerateDirectories(_objects) : [];
}
