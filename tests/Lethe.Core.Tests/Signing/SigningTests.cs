using System.Runtime.Versioning;
using System.Security.Cryptography;
using Lethe.Core.Errors;
using Lethe.Core.Signing;

namespace Lethe.Core.Tests.Signing;

[SupportedOSPlatform("linux")]
public class SigningTests
{
    private static readonly byte[] s_data = "what is signed"u8.ToArray();

    [Theory, InlineData(null), InlineData("correct horse")]
    public void Key_file_signs_after_it_was_written(string? passphrase)
    {
        using var directory = new TemporaryDirectory();
        var made = EcdsaKeyFile.Create(directory["key.pem"], passphrase);
        using var key = EcdsaKeyFile.Open(directory["key.pem"], passphrase);
        Assert.Equal(made.Id, key.Key.Id);
        Assert.True(VerificationKey.FromPem(File.ReadAllText(directory["key.pem.pub.pem"])).Verify(s_data, key.Sign(s_data)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(directory["key.pem"]));
        Assert.Equal(passphrase is not null, File.ReadAllText(directory["key.pem"]).Contains("ENCRYPTED", StringComparison.Ordinal));
    }

    [Fact]
    public void Passphrase_must_be_there_and_right()
    {
        using var directory = new TemporaryDirectory();
        EcdsaKeyFile.Create(directory["key.pem"], "right");
        Assert.Contains(SigningVariables.Passphrase, Assert.Throws<UsageException>(() => EcdsaKeyFile.Open(directory["key.pem"], null)).Message, StringComparison.Ordinal);
        Assert.Throws<UsageException>(() => EcdsaKeyFile.Open(directory["key.pem"], "wrong"));
    }

    [Fact]
    public void Key_file_is_never_overwritten()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["key.pem"], "precious");
        Assert.Throws<BadDataException>(() => EcdsaKeyFile.Create(directory["key.pem"], null));
        Assert.Equal("precious", File.ReadAllText(directory["key.pem"]));
    }

    [Fact]
    public void Other_curves_and_other_texts_are_refused()
    {
        using var directory = new TemporaryDirectory();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        File.WriteAllText(directory["p384.pem"], other.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(directory["text.pem"], "no key");
        Assert.Throws<BadDataException>(() => EcdsaKeyFile.Open(directory["p384.pem"], null));
        Assert.Throws<BadDataException>(() => EcdsaKeyFile.Open(directory["text.pem"], null));
        Assert.Throws<BadDataException>(() => EcdsaKeyFile.Open(directory["none.pem"], null));
        Assert.Throws<BadDataException>(() => VerificationKey.FromPem(other.ExportSubjectPublicKeyInfoPem()));
        Assert.Throws<BadDataException>(() => VerificationKey.FromPem("no key"));
    }

    [Fact]
    public void Every_flipped_bit_of_data_signature_and_key_is_noticed()
    {
        using var directory = new TemporaryDirectory();
        EcdsaKeyFile.Create(directory["key.pem"], null);
        using var key = EcdsaKeyFile.Open(directory["key.pem"], null);
        var signature = key.Sign(s_data);
        Assert.True(key.Key.Verify(s_data, signature));
        foreach (var changed in Flips(s_data))
            Assert.False(key.Key.Verify(changed, signature));
        foreach (var changed in Flips(signature))
            Assert.False(key.Key.Verify(s_data, changed));
        foreach (var changed in Flips(key.Key.Info.ToArray()))
            Assert.False(Accepts(changed, signature));
    }

    private static bool Accepts(byte[] info, byte[] signature)
    {
        try
        {
            return VerificationKey.FromInfo(info).Verify(s_data, signature);
        }
        catch (BadDataException)
        {
            return false;
        }
    }

    private static IEnumerable<byte[]> Flips(byte[] bytes)
    {
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] changed = [.. bytes];
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            yield return changed;
        }
    }
}
