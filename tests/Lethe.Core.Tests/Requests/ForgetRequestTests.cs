using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Requests;

namespace Lethe.Core.Tests.Requests;

public class ForgetRequestTests
{
    private static readonly DateTimeOffset s_received = new(2024, 5, 25, 8, 30, 0, TimeSpan.FromHours(2));

    public static TheoryData<Selection, string> Selections => new()
    {
        { new Selection.ByRecords([new(17), new(4)]), "2 records: 17, 4" },
        { new Selection.BySubjects([new("Zoë \"Z\" <z@example.org>")]), "1 subject: Zoë \"Z\" <z@example.org>" },
        { new Selection.ByClasses([1, 2, 3, 4, 5, 6]), "6 classes: 1, 2, 3, 4, 5, …" },
        { new Selection.Withheld("subjects"), "records that were named by subjects; the names were removed when the request was served" },
        { new Selection.ByPredicate("label = 3 AND record < 10"), "records where label = 3 AND record < 10" },
    };

    [Fact]
    public void A_served_request_keeps_numbers_and_no_names()
    {
        var named = ForgetRequest.Create("r-1", new Selection.BySubjects([new("Zoë")]), [new(4), new(9)], s_received, reason: "ticket 4711");
        Assert.True(named.NamesPeople);
        var served = named.WithoutNames();
        Assert.False(served.NamesPeople);
        Assert.Equal(named.Records, served.Records);
        Assert.DoesNotContain("Zo", served.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("age", (named with { Selection = new Selection.ByPredicate("age < 18") }).WithoutNames().ToJson(), StringComparison.Ordinal);
        var numbered = named with { Selection = new Selection.ByRecords(named.Records) };
        Assert.Same(numbered, numbered.WithoutNames());
    }

    [Theory]
    [MemberData(nameof(Selections))]
    public void Json_goes_both_ways_for_every_selection(Selection selection, string description)
    {
        var request = ForgetRequest.Create("r-1", selection, [new(17), new(4), new(17)], s_received, s_received.AddDays(30), "Art. 17");
        var copy = ForgetRequest.FromJson(request.ToJson());
        Assert.Equal(request.ToJson(), copy.ToJson());
        Assert.Equal([new(4), new(17)], copy.Records);
        Assert.Equal(s_received, copy.ReceivedAt);
        Assert.Equal(description, copy.Selection.Describe());
        Assert.Equal(selection.GetType(), copy.Selection.GetType());
    }

    [Fact]
    public void Json_is_canonical()
    {
        var request = ForgetRequest.Create("r-1", new Selection.ByRecords([new(4)]), [new(4)], s_received);
        Assert.Equal(
            """{"due":null,"id":"r-1","reason":null,"receivedAt":"2024-05-25T08:30:00\u002B02:00","records":[4],"selection":{"kind":"records","records":[4]}}""",
            request.ToJson());
    }

    [Fact]
    public void Empty_selections_are_refused()
    {
        var error = Assert.Throws<BadDataException>(() => ForgetRequest.Create("r", new Selection.ByPredicate("1 = 0"), [], s_received));
        Assert.Contains("holds no record", error.Message, StringComparison.Ordinal);
        Assert.Throws<BadDataException>(() => ForgetRequest.Create(" ", new Selection.ByClasses([1]), [new(1)], s_received));
        Assert.Throws<BadDataException>(() => ForgetRequest.Create("r", new Selection.ByClasses([1]), [new(-1)], s_received));
    }

    [Theory]
    [InlineData("""{"id":"r","receivedAt":"2024-05-25T08:30:00Z","records":[4,4],"selection":{"kind":"records","records":[4]}}""")]
    [InlineData("""{"id":"r","receivedAt":"2024-05-25T08:30:00Z","records":[5,4],"selection":{"kind":"records","records":[4]}}""")]
    [InlineData("""{"id":"r","receivedAt":"2024-05-25T08:30:00Z","records":[-4],"selection":{"kind":"records","records":[4]}}""")]
    [InlineData("""{"id":"r","receivedAt":"2024-05-25T08:30:00Z","records":[4],"selection":{"kind":"everything"}}""")]
    [InlineData("""{"id":"r","receivedAt":"2024-05-25T08:30:00Z","records":[4],"selection":{"records":[4]}}""")]
    [InlineData("""{"id":"r","receivedAt":"2024-05-25T08:30:00Z","records":[4],"selection":null}""")]
    [InlineData("""{"id":"r","records":[4],"selection":{"kind":"records","records":[4]}}""")]
    [InlineData("not json")]
    public void Broken_requests_are_refused(string json) => Assert.Throws<BadDataException>(() => ForgetRequest.FromJson(json));
}
