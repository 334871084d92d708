using System.Text;
using Lethe.Core.Errors;
using Lethe.Core.Evidence;
using Lethe.Core.Ledgers;
using Lethe.Core.Records;
using Lethe.Core.Tests.Ledgers;
using Lethe.Core.Verdicts;

namespace Lethe.Core.Tests.Evidence;

public class CertificateTests
{
    [Theory, InlineData(true), InlineData(false)]
    public void Issued_certificate_verifies(bool judged)
    {
        using var run = new CertifiedRun();
        if (judged) run.Judge();
        var bundle = run.Issue();
        var found = run.Verify(bundle);
        Assert.All(found.Checks, check => Assert.True(check.Outcome == CheckOutcome.Passed || (check.Outcome == CheckOutcome.NotChecked && (check.Name == "replay" || (check.Name == "verdict" && !judged))), $"{check.Name}: {check.Detail}"));
        Assert.True(found.Holds);
        Assert.Equal(judged ? VerdictKind.Complete : null, found.Certificate!.Evidence.Verdict);
        Assert.Contains("What this certificate does not prove:", found.ToText(), StringComparison.Ordinal);
        Assert.Contains(found.NotProved, gap => gap.Contains("operator's own secret", StringComparison.Ordinal));
        Assert.Contains(found.NotProved, gap => gap.Contains("backups", StringComparison.Ordinal));
        Assert.Equal(judged, found.NotProved.Any(gap => gap.Contains("COMPLETE means", StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_run_and_trust_it_says_what_is_open()
    {
        using var run = new CertifiedRun();
        var found = run.Verify(run.Issue(), withRun: false, trust: false);
        Assert.True(found.Holds);
        Assert.Contains("WHOLE, SIGNER UNKNOWN: ", found.ToText(), StringComparison.Ordinal);
        Assert.DoesNotContain("GENUINE", found.ToText(), StringComparison.Ordinal);
        Assert.Contains("GENUINE: ", run.Verify(CertificateBundle.In(run.Path)[0]).ToText(), StringComparison.Ordinal);
        Assert.Contains(found.Checks, check => check is { Name: "trust", Outcome: CheckOutcome.NotChecked } && check.Detail.Contains("UNKNOWN", StringComparison.Ordinal));
        Assert.Contains(found.Checks, check => check is { Name: "run", Outcome: CheckOutcome.NotChecked });
    }

    [Fact]
    public void Other_verdicts_on_the_same_model_and_another_policy_are_told()
    {
        using var run = new CertifiedRun();
        run.Judge(VerdictKind.Incomplete, minutes: 20);
        run.Judge(VerdictKind.Complete, minutes: 21);
        var found = run.Verify(run.Issue());
        Assert.True(found.Holds);
        string verdict = found.Checks.Single(check => check.Name == "verdict and ledger").Detail;
        Assert.Contains("also INCOMPLETE on ", verdict, StringComparison.Ordinal);
        Assert.DoesNotContain("also COMPLETE", verdict, StringComparison.Ordinal);
        Assert.Contains("policy", found.Checks.Single(check => check.Name == "run: policy").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Untrusted_key_fails_plainly()
    {
        using var run = new CertifiedRun();
        using var stranger = new MemoryKey();
        var bundle = run.Issue(signer: stranger);
        var found = run.Verify(bundle);
        Assert.False(found.Holds);
        Assert.Contains("UNTRUSTED", Assert.Single(found.Checks, check => check.Outcome == CheckOutcome.Failed).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Certificate_names_no_record_and_no_unsalted_digest_of_one()
    {
        using var run = new CertifiedRun(forgotten: [17]);
        var bundle = run.Issue();
        var text = string.Concat(Directory.GetFiles(bundle).Select(path => Encoding.Latin1.GetString(File.ReadAllBytes(path))));
        foreach (var name in new[] { "request.json", "plan.json", "result.json", "steps.json" })
            Assert.DoesNotContain(Digest.Of(File.ReadAllBytes(run.RequestFile(name))).ToString(), text, StringComparison.Ordinal);
        Assert.DoesNotContain(Lethe.Core.Steps.DeletedRecords.DigestOf([17]).ToString(), text, StringComparison.Ordinal);
        Assert.DoesNotContain(File.ReadAllText(System.IO.Path.Combine(run.Path, RunSecret.FileName)).Trim(), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Subject_gets_a_proof_about_their_own_records_only()
    {
        using var run = new CertifiedRun();
        var bundle = run.Issue();
        var proof = SubjectProof.Of(run.Path, bundle, [17, 3]);
        SubjectProof.Export(bundle, proof, run["export"]);
        var found = run.Verify(run["export"]);
        Assert.True(found.Holds, found.ToText());
        Assert.Contains(found.Checks, check => check is { Name: "your records", Outcome: CheckOutcome.Passed });
        var evidence = found.Certificate!.Evidence;
        Assert.False((proof.Records[0] with { Record = 18 }).Holds(evidence));
        Assert.Throws<BadDataException>(() => SubjectProof.Of(run.Path, bundle, [17, 4]));
        Assert.Throws<BadDataException>(() => SubjectProof.Of(run.Path, bundle, [40]));
    }

    /// <summary>A salt that puts a record that is left between two neighbours is soon found; the certificate commits to another.</summary>
    [Theory, InlineData(4), InlineData(17)]
    public void Proof_with_a_salt_found_by_trying_is_refused(int record)
    {
        using var run = new CertifiedRun();
        var bundle = run.Issue();
        var evidence = CertificateBundle.ReadUnchecked(bundle).Evidence;
        var given = SubjectProof.Of(run.Path, bundle, [17]);
        var honest = given.Records[0];
        Assert.True(honest.Holds(evidence));
        var salt = Enumerable.Range(0, 100_000).Select(i => Digest.OfText($"try {i}"))
            .First(salt => honest.Retained.Holds(RecordDigests.Of(evidence.Data, record, salt), evidence.RetainedRoot, evidence.Retained));
        var forged = honest with { Record = record, Salt = salt, Requested = null };
        RecordProof[] attempts =
        [
            forged,
            forged with { Committed = honest.Committed with { Index = record } },
            forged with { Committed = honest.Committed with { Leaf = RecordDigests.CommitmentOf(evidence.Data, record, salt) } },
            forged with { Committed = honest.Committed with { Index = record, Leaf = RecordDigests.CommitmentOf(evidence.Data, record, salt) } },
        ];
        Assert.All(attempts, attempt => Assert.False(attempt.Holds(evidence)));
        SubjectProof.Export(bundle, given with { Records = [forged] }, run["forged"]);
        Assert.Equal("your records", Assert.Single(run.Verify(run["forged"]).Checks, check => check.Outcome == CheckOutcome.Failed).Name);
        var path = System.IO.Path.Combine(run["forged"], CertificateBundle.ProofFile);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"committed\":{", "\"committed\":null,\"was\":{", StringComparison.Ordinal));
        Assert.False(run.Verify(run["forged"]).Holds);
    }

    [Fact]
    public void Earlier_certificates_hold_after_later_requests()
    {
        using var run = new CertifiedRun();
        var first = run.Issue();
        run.Serve("request-0002", [5, 6], 40);
        var second = run.Issue("request-0002", minutes: 50);
        Assert.True(run.Verify(second).Holds, run.Verify(second).ToText());
        var found = run.Verify(first);
        Assert.True(found.Holds, found.ToText());
        Assert.Contains(found.Checks, check => check is { Name: "run: certified model", Outcome: CheckOutcome.NotChecked } && check.Detail.Contains("request-0002", StringComparison.Ordinal));
        var earlier = SubjectProof.Of(run.Path, second, [3]);
        Assert.Null(earlier.Records[0].Requested);
        Assert.True(earlier.Records[0].Holds(run.Verify(second).Certificate!.Evidence));
        Assert.Equal([first, second], CertificateBundle.In(run.Path));
    }

    [Fact]
    public void Newer_verdict_is_told_and_a_silent_one_fails()
    {
        using var run = new CertifiedRun();
        run.Judge();
        var bundle = run.Issue();
        run.Judge(VerdictKind.Incomplete, 60);
        Assert.Contains(run.Verify(bundle).Checks, check => check is { Name: "run: verdict", Outcome: CheckOutcome.NotChecked });
        Assert.True(run.Verify(bundle).Holds);
        File.AppendAllText(run.RequestFile(Verdict.FileName), " ");
        Assert.False(run.Verify(bundle).Holds);
    }

    [Fact]
    public void Handed_over_key_is_trusted_through_its_predecessor()
    {
        using var run = new CertifiedRun();
        using var next = new MemoryKey();
        run.Issue();
        Assert.Throws<UsageException>(() => run.Issue(signer: next, minutes: 31));
        Assert.Throws<UsageException>(() => CertificateIssuer.Rotate(run.Path, next, run.Key, LedgerRun.At(32)));
        CertificateIssuer.Rotate(run.Path, run.Key, next, LedgerRun.At(33));
        var bundle = run.Issue(signer: next, minutes: 34);
        Assert.True(run.Verify(bundle).Holds, run.Verify(bundle).ToText());
        Assert.Throws<UsageException>(() => run.Issue(minutes: 35));
    }

    [Fact]
    public void Without_the_secret_the_run_cannot_be_compared()
    {
        using var run = new CertifiedRun();
        var bundle = run.Issue();
        File.Delete(System.IO.Path.Combine(run.Path, RunSecret.FileName));
        Assert.False(run.Verify(bundle).Holds);
        Assert.True(run.Verify(bundle, withRun: false).Holds);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Lost_secret_is_not_replaced_while_anything_is_sealed_with_it(bool ledger)
    {
        using var run = new CertifiedRun();
        run.Issue();
        var secret = System.IO.Path.Combine(run.Path, RunSecret.FileName);
        File.Delete(secret);
        File.Delete(System.IO.Path.Combine(run.Path, ledger ? "nothing" : LedgerFile.FileName));
        File.Delete(System.IO.Path.Combine(run.Path, ledger ? "nothing" : LedgerFile.HeadFileName));
        if (ledger)
            Directory.Delete(System.IO.Path.Combine(run.Path, CertificateBundle.FolderName), recursive: true);
        Assert.Contains(RunSecret.FileName, Assert.Throws<StoreDamagedException>(() => RunSecret.FindOrCreate(run.Path)).Message, StringComparison.Ordinal);
        Assert.Throws<StoreDamagedException>(() => run.Issue(minutes: 31));
        Assert.False(File.Exists(secret));
    }

    [Fact]
    public void What_a_killed_issue_left_is_removed_by_the_next()
    {
        using var run = new CertifiedRun();
        var left = Directory.CreateDirectory(System.IO.Path.Combine(run.Path, CertificateBundle.FolderName, "request-0001-0003.tmp")).FullName;
        File.WriteAllText(System.IO.Path.Combine(left, "certificate.json.tmp"), "cut sh");
        Assert.Empty(CertificateBundle.In(run.Path));
        Assert.True(run.Verify(run.Issue()).Holds);
        Assert.False(Directory.Exists(left));
    }

    [Fact]
    public void A_model_left_behind_is_seen()
    {
        using var run = new CertifiedRun();
        var old = run.ObjectFile;
        var bytes = File.ReadAllBytes(old);
        run.Serve("request-0002", [5], 40);
        var bundle = run.Issue("request-0002");
        File.WriteAllBytes(old, bytes);
        Assert.Contains(run.Verify(bundle).Checks, check => check is { Name: "run: old model", Outcome: CheckOutcome.Failed });
    }

    /// <summary>A ledger with the same entries in an order, or after a model, that contradicts the certificate.</summary>
    [Theory]
    [InlineData("request", "Trained model 0", "Promoted", "Accepted")]
    [InlineData("promotion", "Trained another", "Accepted", "Promoted")]
    [InlineData("promotion", "Accepted", "Promoted", "Trained model 0")]
    [InlineData(null, "Trained model 0", "Accepted", "Promoted")]
    public void Ledger_must_tell_the_order_of_events(string? fails, params string[] order)
    {
        using var run = new CertifiedRun();
        var events = LedgerFile.Read(run.Path).Entries.Select(entry => entry.Event).ToDictionary(happened => happened.Kind.ToString());
        var original = events["Trained"];
        events["Trained model 0"] = original;
        events["Trained another"] = original with { Model = Digest.OfText("another") };
        run.Rewrite(order.Select(name => events[name]));
        var failed = run.Verify(run.Issue(), withRun: false).Checks.Where(check => check.Outcome == CheckOutcome.Failed).Select(check => check.Name);
        Assert.Equal(fails is null ? [] : [fails], failed);
    }

    /// <summary>The index is rewritten, with a digest that fits, to serve a model that no request put there.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public void Another_model_served_is_seen(bool later)
    {
        using var run = new CertifiedRun();
        var bundle = run.Issue();
        if (later)
            run.Serve("request-0002", [5], 40);
        run.ServeBesideTheLedger("the model of before, put back");
        var check = Assert.Single(run.Verify(bundle).Checks, check => check.Outcome == CheckOutcome.Failed);
        Assert.Equal("run: model", check.Name);
        Assert.Contains("no request put it there", check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_model_of_a_later_request_is_seen()
    {
        using var run = new CertifiedRun();
        var bundle = run.Issue();
        run.Serve("request-0002", [5], 40);
        File.AppendAllText(run.ObjectFile, " ");
        Assert.Equal("run: model", Assert.Single(run.Verify(bundle).Checks, check => check.Outcome == CheckOutcome.Failed).Name);
    }

    [Fact]
    public void What_is_no_certificate_is_said_to_be_none()
    {
        using var run = new CertifiedRun();
        Assert.Throws<BadDataException>(() => CertificateVerifier.Verify(run.Path));
        Assert.Throws<BadDataException>(() => CertificateVerifier.Verify(run["nowhere"]));
        Assert.Throws<BadDataException>(() => run.Issue("request-0009"));
    }
}
