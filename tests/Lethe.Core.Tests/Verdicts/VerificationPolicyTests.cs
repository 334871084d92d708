using Lethe.Core.Errors;
using Lethe.Core.Store;
using Lethe.Core.Verdicts;

namespace Lethe.Core.Tests.Verdicts;

public sealed class VerificationPolicyTests
{
    [Fact]
    public void The_default_survives_its_own_text()
    {
        var again = VerificationPolicy.FromJson(CanonicalJson.SerializeIndented(VerificationPolicy.Default));
        Assert.Equal(VerificationPolicy.Default.Digest, again.Digest);
        Assert.All(VerdictMeasures.All, name => Assert.True(again.Measures.ContainsKey(name)));
    }

    [Fact]
    public void What_is_missing_has_its_default()
    {
        var policy = VerificationPolicy.FromJson("""{"alpha":0.05,"promotion":"verdict","measures":{"zrf":false}}""");
        Assert.Equal((0.05, VerificationPolicy.Default.MinGolds, PromotionRule.Verdict), (policy.Alpha, policy.MinGolds, policy.Promotion));
        Assert.False(policy.Uses(VerdictMeasures.ZeroRetrainForgetting));
        Assert.True(policy.Uses(VerdictMeasures.ForgottenLoss));
    }

    [Theory]
    [InlineData("""{"alpha":0}""", "alpha is 0; it must be 0.000001 to 0.2")]
    [InlineData("""{"alpha":0.3}""", "alpha is 0.3")]
    [InlineData("""{"power":0.4}""", "power")]
    [InlineData("""{"golds":1}""", "golds is 1")]
    [InlineData("""{"golds":101}""", "golds is 101")]
    [InlineData("""{"minGolds":1}""", "minGolds")]
    [InlineData("""{"golds":4,"minGolds":5}""", "at most golds")]
    [InlineData("""{"maxAccuracyLoss":1.5}""", "maxAccuracyLoss")]
    [InlineData("""{"relearnSteps":-1}""", "relearnSteps")]
    [InlineData("""{"neighbours":10001}""", "neighbours")]
    [InlineData("""{"measures":{"luck":true}}""", "'luck'")]
    [InlineData("""{"promotion":"always"}""", "'promotion'")]
    [InlineData("""{"colour":"red"}""", "colour")]
    public void Bounds_are_checked_with_one_message(string json, string part) =>
        Assert.Contains(part, Assert.Throws<BadDataException>(() => VerificationPolicy.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Another_value_is_another_digest() =>
        Assert.NotEqual(VerificationPolicy.Default.Digest, (VerificationPolicy.Default with { Alpha = 0.02 }).Digest);
}
