using Lethe.Core.Errors;
using Lethe.Core.Evidence;
using Lethe.Core.Signing;

namespace Lethe.Core.Tests.Evidence;

/// <summary>Where a certificate may be exported to, and where a key may lie.</summary>
public sealed class CertificateExportTests : IDisposable
{
    private readonly CertifiedRun _run = new();
    private readonly string _bundle;

    public CertificateExportTests() => _bundle = _run.Issue();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Every_person_has_a_folder_of_their_own()
    {
        Export(_run["anna"] + Path.DirectorySeparatorChar, 3);
        Assert.True(_run.Verify(_run["anna"]).Holds);
        Assert.Contains("holds a certificate already", Refused(_run["anna"]), StringComparison.Ordinal);
        Assert.Contains("inside the certificate", Refused(Path.Combine(_run["anna"], "ben")), StringComparison.Ordinal);
        Assert.Contains("inside the run", Refused(Path.Combine(_run.Path, "for-ben")), StringComparison.Ordinal);
        Assert.Contains("outside", Refused(Path.Combine(_run.Path, CertificateBundle.FolderName, "for-ben")), StringComparison.Ordinal);
        Directory.CreateDirectory(_run["empty"]);
        Assert.Contains("is there already", Refused(_run["empty"]), StringComparison.Ordinal);
        Assert.True(_run.Verify(_run["anna"]).Holds);
    }

    [Fact]
    public void Key_is_not_made_where_it_would_be_handed_out()
    {
        Export(_run["anna"], 3);
        Directory.CreateSymbolicLink(_run["link"], Path.Combine(_run.Path, CertificateBundle.FolderName));
        foreach (var place in new[] { _run.Path, Path.Combine(_run.Path, "objects"), Path.Combine(_run.Path, "keys", "new"), _run["anna"], _run["link"] })
        {
            var path = Path.Combine(place, "key.pem");
            Assert.Contains(path, Assert.Throws<UsageException>(() => EcdsaKeyFile.Create(path, null)).Message, StringComparison.Ordinal);
            Assert.False(File.Exists(path));
        }
        EcdsaKeyFile.Create(_run["key.pem"], null);
    }

    private void Export(string target, int record) => SubjectProof.Export(_bundle, SubjectProof.Of(_run.Path, _bundle, [record]), target);

    private string Refused(string target)
    {
        var message = Assert.Throws<BadDataException>(() => Export(target, 17)).Message;
        Assert.Contains("one for each person", message, StringComparison.Ordinal);
        return message;
    }
}
