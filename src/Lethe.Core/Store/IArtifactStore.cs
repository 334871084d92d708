using Lethe.Core.Errors;
using Lethe.Core.Records;

namespace Lethe.Core.Store;

/// <summary>Immutable byte strings by their SHA-256 digest. Put, Get, Contains and SizeOf may be called by several threads at once.</summary>
public interface IArtifactStore
{
    /// <summary>Stores bytes and returns their digest. Durable only after <see cref="Flush"/>.</summary>
    /// <exception cref="LetheException">The bytes cannot be written, for example because the disk is full.</exception>
    Digest Put(ReadOnlySpan<byte> data);

    /// <summary>Stores a stream from its position to its end. Durable only after <see cref="Flush"/>.</summary>
    /// <exception cref="LetheException">The bytes cannot be written, for example because the disk is full.</exception>
    Digest Put(Stream data);

    /// <summary>The bytes of a digest, verified.</summary>
    /// <exception cref="StoreDamagedException">The object is missing or its bytes do not match the digest.</exception>
    byte[] Get(Digest digest);

    /// <summary>Whether the object is there (its bytes are not checked).</summary>
    bool Contains(Digest digest);

    /// <summary>The size of an object in bytes.</summary>
    /// <exception cref="StoreDamagedException">The object is missing.</exception>
    long SizeOf(Digest digest);

    /// <summary>All objects in no particular order.</summary>
    IEnumerable<Digest> List();

    /// <summary>Removes an object, if it is there.</summary>
    void Delete(Digest digest);

    /// <summary>
    /// Removes every object that is not among the roots, and temporary files that a killed process left. No Put may
    /// run between the choice of the roots and the end of this call.
    /// </summary>
    /// <returns>How many objects were removed.</returns>
    int Collect(IReadOnlySet<Digest> roots);

    /// <summary>Makes everything put or removed since the last call durable: it survives a loss of power.</summary>
    /// <exception cref="LetheException">The disk refuses.</exception>
    void Flush();
}
