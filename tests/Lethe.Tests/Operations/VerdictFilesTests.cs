using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Verdicts;
using Lethe.Operations;
using Lethe.Training.Runs;

namespace Lethe.Tests.Operations;

/// <summary>A verdict and its policy are written one after the other: whoever is killed in between leaves the earlier pair or the new one, never one of each.</summary>
public sealed class VerdictFilesTests(PeopleRun people)
{
    private const string Request = "request-0001";
    private static readonly VerificationPolicy s_other = VerificationPolicy.Default with { Alpha = 0.05 };
    private readonly LetheEngine _engine = new();

    [Theory]
    [InlineData(Verdict.FileName, false)]
    [InlineData(VerificationPolicy.VerdictFileName, true)]
    public void Interrupted_writing_leaves_the_earlier_pair_or_the_new_one(string blocked, bool isNew)
    {
        string path = people.Copy(), folder = Path.Combine(path, "requests", Request);
        var model = _engine.Forget(path, new RecordSelection { Subjects = "person-3" }, new ForgettingOptions { Measure = false }, cancellation: TestContext.Current.CancellationToken).After;
        VerdictFiles.Write(folder, VerdictOf(model, VerificationPolicy.Default), VerificationPolicy.Default);
        string file = Path.Combine(folder, blocked), aside = file + ".aside";
        File.Move(file, aside);
        Directory.CreateDirectory(Path.Combine(file, "in the way"));
        Assert.ThrowsAny<Exception>(() => VerdictFiles.Write(folder, VerdictOf(model, s_other), s_other));
        Directory.Delete(file, recursive: true);
        File.Move(aside, file);
        Assert.True(VerdictFiles.AreUnfinished(folder));

        _engine.Inspect(path, cancellation: TestContext.Current.CancellationToken);
        var expected = isNew ? s_other : VerificationPolicy.Default;
        Assert.Equal((expected.Digest, expected.Digest), Pair(folder));
        Assert.False(VerdictFiles.AreUnfinished(folder));
        using var run = Run.Open(path, writable: false);
        Assert.Equal(expected.Digest, HeldCandidate.Open(run)!.ReadVerdict()!.Policy);
        Assert.False(CommittedRequests.AreUnfinished(run));
    }

    [Fact]
    public void A_first_verdict_that_was_not_written_leaves_no_policy()
    {
        string path = people.Copy(), folder = Path.Combine(path, "requests", Request);
        _engine.Forget(path, new RecordSelection { Subjects = "person-3" }, new ForgettingOptions { Measure = false, Serve = true }, cancellation: TestContext.Current.CancellationToken);
        PolicyFile.Write(folder, VerificationPolicy.PendingVerdictFileName, s_other);
        Assert.Empty(_engine.Inspect(path, searchResidue: true, cancellation: TestContext.Current.CancellationToken).Residue!.Found);
        Assert.Empty(Directory.GetFiles(folder, "verdict*"));
    }

    private static (Digest Verdict, Digest Policy) Pair(string folder) => (
        Verdict.FromJson(File.ReadAllText(Path.Combine(folder, Verdict.FileName))).Policy,
        VerificationPolicy.FromJson(File.ReadAllText(Path.Combine(folder, VerificationPolicy.VerdictFileName))).Digest);

    private static Verdict VerdictOf(Digest model, VerificationPolicy policy) => new()
    {
        Kind = VerdictKind.Unverified,
        Model = model,
        Request = Request,
        Records = 20,
        Method = "deep-obliviate",
        Guarantee = Guarantee.Approximate,
        Policy = policy.Digest,
        Alpha = policy.Alpha,
        Golds = [2, 3, 4],
        Tests = [],
        Control = new NegativeControl(VerdictKind.Unverified, [], "none"),
        Reasons = ["UNVERIFIED: a test."],
        At = DateTimeOffset.UnixEpoch,
    };
}
