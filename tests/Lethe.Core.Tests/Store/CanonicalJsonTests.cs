using System.Text.Json;
using Lethe.Core.Errors;
using Lethe.Core.Partitions;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Core.Tests.Store;

public class CanonicalJsonTests
{
    private sealed record Sample(double Zeta, int? Alpha, string Text, Guarantee Kind, IReadOnlyDictionary<SubjectId, Digest> Map);

    private static readonly Sample s_sample = new(0.1, null, "ä<b> & \u2028", Guarantee.Exact, new Dictionary<SubjectId, Digest> { [new("b")] = Digest.OfText("abc"), [new("a")] = Digest.OfText("abc") });

    [Fact]
    public void Text_is_sorted_compact_and_safe_in_HTML()
    {
        var json = CanonicalJson.Serialize(s_sample);
        Assert.StartsWith("""{"alpha":null,"kind":"exact","map":{"a":"ba78""", json, StringComparison.Ordinal);
        Assert.Contains("\"zeta\":0.1}", json, StringComparison.Ordinal);
        Assert.Contains("ä\\u003Cb\\u003E", json, StringComparison.Ordinal);
        Assert.DoesNotContain(": ", json, StringComparison.Ordinal);
        var copy = CanonicalJson.Deserialize<Sample>(json);
        Assert.Equal(json, CanonicalJson.Serialize(copy));
        Assert.Equal(s_sample.Text, copy.Text);
    }

    [Fact]
    public void Indented_text_holds_the_same_value()
    {
        var text = CanonicalJson.SerializeIndented(s_sample);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.Equal(CanonicalJson.Serialize(s_sample), CanonicalJson.Serialize(JsonDocument.Parse(text).RootElement));
    }

    [Theory]
    [InlineData(double.NaN, "\"NaN\"")]
    [InlineData(double.PositiveInfinity, "\"Infinity\"")]
    [InlineData(1.0, "1")]
    [InlineData(1e-5, "1E-05")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    public void Numbers_go_both_ways(double value, string text)
    {
        Assert.Equal(text, CanonicalJson.Serialize(value));
        Assert.Equal(value, CanonicalJson.Deserialize<double>(text));
    }

    [Theory]
    [InlineData("""{"samples":1,"seconds":1,"bytesWritten":1,"bytesWritten":2}""")]
    [InlineData("""{"samples":1,"seconds":1,"bytesWritten":1,"unknown":2}""")]
    [InlineData("""{"samples":1,"seconds":1}""")]
    [InlineData("""{"samples":1.5,"seconds":1,"bytesWritten":1}""")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{")]
    public void Anything_unexpected_is_refused(string json)
    {
        var error = Assert.Throws<BadDataException>(() => CanonicalJson.Deserialize<CostEstimate>(json));
        Assert.Contains("no valid CostEstimate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Enums_are_kebab_case_names_only()
    {
        Assert.Equal("\"by-subject\"", CanonicalJson.Serialize(PartitionKind.BySubject));
        Assert.Throws<BadDataException>(() => CanonicalJson.Deserialize<Guarantee>("1"));
        Assert.Throws<BadDataException>(() => CanonicalJson.Deserialize<Guarantee>("\"certain\""));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("\"1\"")]
    [InlineData("null")]
    public void Record_numbers_must_be_natural(string json) =>
        Assert.Throws<BadDataException>(() => CanonicalJson.Deserialize<RecordId>(json));
}
