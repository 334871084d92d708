using Lethe.Core.Evidence;
using Lethe.Core.Ledgers;
using Lethe.Core.Records;
using Lethe.Core.Steps;
using Lethe.Core.Tests.Ledgers;
using Lethe.Core.Verdicts;

namespace Lethe.Core.Tests.Evidence;

/// <summary>An issuer who states something else than was recorded, or hides what was recorded since.</summary>
public class ForgedCertificateTests
{
    private static readonly CertifiedPromotion s_override = new("override", "court order", "A. Miller", VerdictKind.Incomplete);

    [Fact]
    public void Same_statement_signed_again_is_still_whole()
    {
        using var run = new CertifiedRun(promotion: s_override);
        run.Replay(1);
        var bundle = run.Issue();
        run.Forge(bundle, evidence => evidence);
        Assert.True(run.Verify(bundle, withRun: false).Holds, run.Verify(bundle, withRun: false).ToText());
    }

    [Theory]
    [InlineData(4, 4, 4, false, 0)]
    [InlineData(0, 1, 4, false, 0)]
    [InlineData(1, 1, 1, false, 0)]
    [InlineData(1, 1, 4, true, 0)]
    [InlineData(1, 1, 4, false, 1)]
    public void Replay_with_other_counts_than_the_ledger_records_fails(int same, int executed, int available, bool contradicts, int minutes)
    {
        using var run = new CertifiedRun();
        run.Replay(1);
        var bundle = run.Issue();
        run.Forge(bundle, evidence => evidence with { Replay = new(same, executed, available, contradicts, evidence.Replay!.At.AddMinutes(minutes), evidence.Replay.Seal) });
        Assert.Equal(["replay"], Failed(run.Verify(bundle, withRun: false)));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Recorded_bad_news_cannot_be_left_out(bool older)
    {
        using var run = new CertifiedRun();
        run.Replay(2, minutes: 24);
        var before = File.ReadAllBytes(run.RequestFile(ReplayReport.FileName));
        run.Replay(3, equal: false);
        if (older)
            File.WriteAllBytes(run.RequestFile(ReplayReport.FileName), before);
        else
            File.Delete(run.RequestFile(ReplayReport.FileName));
        var found = run.Verify(run.Issue());
        Assert.Equal(["replay"], Failed(found));
        Assert.Contains("NOT EQUAL: 2 of 3 executed steps", found.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Earlier_unequal_replays_are_told()
    {
        using var run = new CertifiedRun();
        run.Replay(3, equal: false, minutes: 24);
        run.Replay(4);
        var found = run.Verify(run.Issue());
        Assert.True(found.Holds, found.ToText());
        Assert.Contains("NOTE: the ledger holds other replays of this model that were not equal: NOT EQUAL: 2 of 3 executed steps gave the recorded bits; 4 can be executed again, on 2026-11-21 12:24 UTC",
            found.Checks.Single(check => check.Name == "replay").Detail, StringComparison.Ordinal);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Newer_unequal_replay_fails_whatever_the_file_says(bool restored)
    {
        using var run = new CertifiedRun();
        run.Replay(4);
        var bundle = run.Issue();
        var before = File.ReadAllBytes(run.RequestFile(ReplayReport.FileName));
        run.Replay(4, equal: false, minutes: 35);
        if (restored)
            File.WriteAllBytes(run.RequestFile(ReplayReport.FileName), before);
        var found = run.Verify(bundle);
        Assert.Equal(["run: replay"], Failed(found));
        Assert.Contains("NOT EQUAL: 3 of 4 executed steps", found.ToText(), StringComparison.Ordinal);
        run.Replay(4, minutes: 36);
        found = run.Verify(bundle);
        Assert.True(found.Holds, found.ToText());
        var check = found.Checks.Single(check => check.Name == "run: replay");
        Assert.Equal(CheckOutcome.NotChecked, check.Outcome);
        Assert.Contains("NOTE: the ledger holds other replays of this model that were not equal: NOT EQUAL: 3 of 4", check.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("override", "court order", "B. Smith", VerdictKind.Incomplete)]
    [InlineData("override", "court order", null, VerdictKind.Incomplete)]
    [InlineData("override", "another order", "A. Miller", VerdictKind.Incomplete)]
    [InlineData("override", "court order", "A. Miller", VerdictKind.Complete)]
    [InlineData("override", "court order", "A. Miller", null)]
    [InlineData("gate", "court order", "A. Miller", VerdictKind.Incomplete)]
    [InlineData("verdict", "court order", null, VerdictKind.Complete)]
    [InlineData(null, "", null, null)]
    public void Another_decision_than_the_ledger_records_fails(string? basis, string why, string? by, VerdictKind? verdict)
    {
        using var run = new CertifiedRun(promotion: s_override);
        var bundle = run.Issue();
        run.Forge(bundle, evidence => evidence with { Promotion = basis is null ? null : new(basis, why, by, verdict) });
        Assert.Equal(["served"], Failed(run.Verify(bundle, withRun: false)));
        Assert.Contains("run: statement", Failed(run.Verify(bundle)));
    }

    [Theory]
    [InlineData("verdict", "No measure tells it from gold.", null, VerdictKind.Complete)]
    [InlineData("gate", "unverified, passed the gate", "B. Smith", null)]
    [InlineData(null, "", null, null)]
    public void Another_ground_than_the_gate_fails(string? basis, string why, string? by, VerdictKind? verdict)
    {
        using var run = new CertifiedRun();
        var bundle = run.Issue();
        run.Forge(bundle, evidence => evidence with { Promotion = basis is null ? null : new(basis, why, by, verdict) });
        Assert.Equal(["served"], Failed(run.Verify(bundle, withRun: false)));
    }

    [Fact]
    public void Another_time_of_serving_fails()
    {
        using var run = new CertifiedRun();
        var bundle = run.Issue();
        run.Forge(bundle, evidence => evidence with { Promoted = evidence.Promoted.AddDays(-1) });
        Assert.Equal(["served"], Failed(run.Verify(bundle, withRun: false)));
    }

    /// <summary>The verdict that is stated must be the last one that the ledger records before the promotion.</summary>
    [Theory]
    [InlineData(VerdictKind.Complete, "")]
    [InlineData(VerdictKind.Complete, "INCOMPLETE")]
    [InlineData(VerdictKind.Complete, "COMPLETE INCOMPLETE")]
    [InlineData(null, "INCOMPLETE")]
    public void Verdict_that_the_ledger_does_not_record_before_fails(VerdictKind? stated, string recorded)
    {
        using var run = new CertifiedRun(promotion: new("override", "court order", "A. Miller", stated));
        var events = LedgerFile.Read(run.Path).Entries.Select(entry => entry.Event).Where(happened => happened.Kind != LedgerEventKind.Verdict).ToList();
        var promoted = events[^1];
        events.InsertRange(events.Count - 2, recorded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(kind =>
            new LedgerEvent(LedgerEventKind.Verdict, LedgerRun.At(10)) { Request = promoted.Request, Model = promoted.Model, Document = Digest.OfText(kind), Note = kind }));
        run.Rewrite(events);
        Assert.Equal(["served"], Failed(run.Verify(run.Issue(), withRun: false)));
    }

    [Theory]
    [InlineData("a", "b: c")]
    [InlineData("a\", verdict none, person \"b", "c")]
    [InlineData(null, "a")]
    public void No_two_decisions_have_the_same_note(string? by, string why)
    {
        static string Note(string? by, string why) => CertifiedPromotion.Events(new("gate", why, by, null), "request-0001", Digest.OfText("model"), LedgerRun.At(1))[0].Note!;
        string[] others = [Note("a\": b", "c"), Note("none", "a"), Note("a\"\": b", "c"), Note("a", "c"), Note(null, "\"a\": b")];
        Assert.DoesNotContain(Note(by, why), others);
    }

    [Fact]
    public void Unequal_replay_of_an_exact_method_is_not_said_to_show_equality()
    {
        using var run = new CertifiedRun();
        run.Replay(3, equal: false);
        var limits = run.Verify(run.Issue()).NotProved;
        Assert.Contains(limits, gap => gap.Contains("3 of 4 steps again, and 1 gave other bits than recorded. So nothing shows", StringComparison.Ordinal));
        Assert.DoesNotContain(limits, gap => gap.Contains("executing the steps again shows it", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Failed(EvidenceVerification found) => found.Checks.Where(check => check.Outcome == CheckOutcome.Failed).Select(check => check.Name);
}
