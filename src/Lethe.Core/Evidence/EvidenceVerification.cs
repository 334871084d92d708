using System.Text;
using Lethe.Core.Store;

namespace Lethe.Core.Evidence;

/// <summary>How a check ended.</summary>
public enum CheckOutcome
{
    /// <summary>It holds.</summary>
    Passed,

    /// <summary>It does not hold: something was changed, left out or never true.</summary>
    Failed,

    /// <summary>It could not be made with what was given.</summary>
    NotChecked,
}

/// <summary>One check of a certificate.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Detail">What was found, in plain words.</param>
public sealed record EvidenceCheck(string Name, CheckOutcome Outcome, string Detail);

/// <summary>What a verification of a certificate found.</summary>
public sealed record EvidenceVerification
{
    internal const string TrustCheck = "trust";

    /// <summary>All checks in the order in which they were made.</summary>
    public required IReadOnlyList<EvidenceCheck> Checks { get; init; }

    /// <summary>What the certificate does not prove, even if every check holds.</summary>
    public required IReadOnlyList<string> NotProved { get; init; }

    /// <summary>The certificate; null where it cannot be read.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>Whether no check failed.</summary>
    public bool Holds => Checks.All(check => check.Outcome != CheckOutcome.Failed);

    /// <summary>The text that both programs print.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var check in Checks)
            text.Append(Word(check.Outcome)).Append(check.Name).Append(": ").Append(check.Detail).Append('\n');
        text.Append('\n').Append(Conclusion()).Append("\n\nWhat this certificate does not prove:\n");
        foreach (var gap in NotProved)
            text.Append("  - ").Append(gap).Append('\n');
        return text.ToString();
    }

    /// <summary>The result as JSON, for programs.</summary>
    public string ToJson() => CanonicalJson.SerializeIndented(new { Holds, Conclusion = Conclusion(), Checks, NotProved, Certificate });

    private string Conclusion()
    {
        string[] failed = [.. Checks.Where(check => check.Outcome == CheckOutcome.Failed).Select(check => check.Name)];
        if (failed is [RunVerifier.OtherRunCheck])
            return "ANOTHER RUN: the certificate's own checks hold, but it is not about the run that was named. Repeat with its own run, or without --run.";
        if (failed.Length > 0)
            return $"DAMAGED OR FALSE: {failed.Length} of {Checks.Count} checks failed. Do not rely on this certificate.";
        var open = Checks.Count(check => check.Outcome == CheckOutcome.NotChecked);
        var word = Checks.Any(check => check is { Name: TrustCheck, Outcome: CheckOutcome.Passed }) ? "GENUINE" : "WHOLE, SIGNER UNKNOWN";
        return $"{word}: {Checks.Count - open} checks hold{(open > 0 ? $", {open} could not be made" : "")}.";
    }

    private static string Word(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => "ok           ",
        CheckOutcome.Failed => "FAILED       ",
        _ => "not checked  ",
    };
}
