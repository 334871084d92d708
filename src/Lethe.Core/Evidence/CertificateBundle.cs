using Lethe.Core.Errors;
using Lethe.Core.Ledgers;
using Lethe.Core.Store;

namespace Lethe.Core.Evidence;

/// <summary>
/// A certificate with everything that is needed to check it, as a folder: the signed file, its signature, the public key, the ledger up to and
/// with the certificate's own entry, verdict and policy where there are some, and for a subject a proof about their records.
/// </summary>
public static class CertificateBundle
{
    /// <summary>The signed statement.</summary>
    public const string CertificateFile = "certificate.json";

    /// <summary>The signature over all bytes of the statement: a DER sequence, as <c>openssl dgst -sha256 -verify</c> takes it.</summary>
    public const string SignatureFile = "certificate.sig";

    /// <summary>The public key in PEM.</summary>
    public const string KeyFile = "public.pem";

    /// <summary>The run's ledger up to and with the certificate's entry.</summary>
    public const string ChainFile = LedgerFile.FileName;

    /// <summary>A subject's own proof.</summary>
    public const string ProofFile = "proof.json";

    /// <summary>The folder of a run that holds its certificates.</summary>
    public const string FolderName = "certificates";

    private const string TemporarySuffix = ".tmp";

    internal static readonly string[] Required = [CertificateFile, SignatureFile, KeyFile, ChainFile];

    /// <summary>The bundles that a run holds, in the order of issue.</summary>
    public static IReadOnlyList<string> In(string run)
    {
        var folder = Path.Combine(run, FolderName);
        return Directory.Exists(folder)
            ? [.. Directory.GetDirectories(folder).Where(path => !path.EndsWith(TemporarySuffix, StringComparison.Ordinal)).OrderBy(NumberOf).ThenBy(path => path, StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Reads the certificate of a bundle without checking it.</summary>
    /// <exception cref="BadDataException">The folder holds no certificate.</exception>
    public static Certificate ReadUnchecked(string bundle)
    {
        var path = Path.Combine(bundle, CertificateFile);
        return File.Exists(path)
            ? Certificate.FromJson(File.ReadAllText(path))
            : throw new BadDataException($"{bundle} is no certificate: it holds no {CertificateFile}. Name a folder that `lethe evidence issue` or `export` made.");
    }

    /// <summary>All files of a bundle by name.</summary>
    /// <exception cref="BadDataException">There is no such folder, or a file cannot be read.</exception>
    internal static Dictionary<string, byte[]> Read(string bundle)
    {
        try
        {
            if (!File.Exists(Path.Combine(bundle, CertificateFile)) && !File.Exists(Path.Combine(bundle, SignatureFile)))
                throw new BadDataException($"{bundle} is no certificate. Name a folder that `lethe evidence issue` or `export` made; a run keeps its own in {FolderName}.");
            return Directory.GetFileSystemEntries(bundle).ToDictionary(path => Path.GetFileName(path), path => File.Exists(path) ? File.ReadAllBytes(path) : []);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"Certificate {bundle} cannot be read: {error.Message} Name a folder that `lethe evidence issue` or `export` made.", error);
        }
    }

    /// <summary>Writes a bundle: the folder appears whole or not at all.</summary>
    /// <exception cref="BadDataException">The folder is there already.</exception>
    internal static void Write(string bundle, IReadOnlyDictionary<string, byte[]> files)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(bundle));
        if (Path.Exists(full))
        {
            var what = File.Exists(Path.Combine(full, CertificateFile)) ? "holds a certificate already" : "is there already";
            throw new BadDataException($"{bundle} {what} and is not overwritten: name a new folder, one for each person or auditor, or remove it.");
        }
        var temporary = full + TemporarySuffix;
        try
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
            Directory.CreateDirectory(temporary);
            foreach (var (name, bytes) in files)
                AtomicFile.WriteAllBytes(Path.Combine(temporary, name), bytes);
            Directory.Move(temporary, full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LetheException($"Cannot write {bundle}: {error.Message} Free space or correct the permissions, then repeat the command.", error);
        }
        NativeFile.FlushDirectory(Path.GetDirectoryName(full)!);
    }

    /// <summary>Removes what a process left in a run that was killed while it wrote a bundle.</summary>
    internal static void RemoveUnfinished(string run)
    {
        var folder = Path.Combine(run, FolderName);
        foreach (var path in Directory.Exists(folder) ? Directory.GetDirectories(folder, "*" + TemporarySuffix) : [])
            Directory.Delete(path, recursive: true);
    }

    private static int NumberOf(string path) =>
        int.TryParse(path.AsSpan(path.LastIndexOf('-') + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
}
