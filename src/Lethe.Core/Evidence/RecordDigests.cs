using System.Globalization;
using System.Text;
using Lethe.Core.Records;

namespace Lethe.Core.Evidence;

/// <summary>
/// Salted digests by which certificates name records. Whoever knows the salt of a record can check that its digest is meant; whoever does not
/// cannot try all records.
/// </summary>
public static class RecordDigests
{
    private const string SaltPurpose = "salt";

    /// <summary>The salt of a record: <see cref="RunSecret.Seal"/> of its number in decimal digits, for the purpose <c>salt</c>.</summary>
    public static Digest SaltOf(RunSecret secret, int record)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return secret.Seal(SaltPurpose, Encoding.ASCII.GetBytes(record.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>SHA-256 of <c>lethe-record-1</c>, the data set's digest, the record's number and its salt, each on a line but the last without a line feed.</summary>
    /// <param name="data">Digest of the data set that the number counts in.</param>
    /// <param name="record">The number, from 0.</param>
    /// <param name="salt">The record's salt.</param>
    public static Digest Of(Digest data, int record, Digest salt) =>
        Digest.OfText(string.Create(CultureInfo.InvariantCulture, $"lethe-record-1\n{data}\n{record}\n{salt}"));

    /// <summary>
    /// What a certificate commits to for every record, forgotten or not, so that none can be given another salt later: SHA-256 of <c>lethe-salt-1</c>, the
    /// data set's digest, the number and the salt, on lines as in <see cref="Of(Digest, int, Digest)"/>. It cannot be computed from that digest.
    /// </summary>
    /// <param name="data">Digest of the data set that the number counts in.</param>
    /// <param name="record">The number, from 0.</param>
    /// <param name="salt">The record's salt.</param>
    public static Digest CommitmentOf(Digest data, int record, Digest salt) =>
        Digest.OfText(string.Create(CultureInfo.InvariantCulture, $"lethe-salt-1\n{data}\n{record}\n{salt}"));

    /// <summary>The digests of many records.</summary>
    public static IEnumerable<Digest> Of(RunSecret secret, Digest data, IEnumerable<int> records) =>
        records.Select(record => Of(data, record, SaltOf(secret, record)));
}
