using Lethe.Core.Errors;
using Lethe.Core.Records;

namespace Lethe.Core.Ledgers;

/// <summary>Which key may sign: the first certificate sets it, and only a rotation signed by it and by its successor replaces it.</summary>
internal static class SigningRules
{
    /// <summary>The key in force after an entry.</summary>
    /// <exception cref="BadDataException">The entry breaks the rules.</exception>
    public static Digest? Next(LedgerEntry entry, Digest? inForce) => entry.Event.Kind switch
    {
        LedgerEventKind.Certified => Certified(entry, inForce),
        LedgerEventKind.KeyRotated => Rotated(entry, inForce),
        _ when entry.Signatures.Count > 0 => throw new BadDataException("it carries signatures that its kind does not have"),
        _ => inForce,
    };

    private static Digest? Certified(LedgerEntry entry, Digest? inForce)
    {
        if (entry.Event.Key is not { } key || entry.Event.Document is null || entry.Signatures.Count > 0)
            throw new BadDataException("it names no key or no certificate");
        return inForce is null || inForce == key ? key : throw new BadDataException("its certificate was signed with a key that was not in force");
    }

    private static Digest? Rotated(LedgerEntry entry, Digest? inForce)
    {
        var data = entry.SignedBytes();
        if (entry.Signatures.Count != 2 || entry.Signatures[0].Key().Id != entry.Event.PreviousKey || entry.Signatures[1].Key().Id != entry.Event.Key)
            throw new BadDataException("its rotation is not signed by the old and the new key");
        if (inForce is not null && inForce != entry.Event.PreviousKey)
            throw new BadDataException("its rotation replaces a key that was not in force");
        return entry.Signatures.All(signature => signature.Holds(data))
            ? entry.Event.Key
            : throw new BadDataException("a signature of its rotation is false");
    }
}
