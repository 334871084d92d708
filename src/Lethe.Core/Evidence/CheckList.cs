using System.Text.Json;
using Lethe.Core.Errors;

namespace Lethe.Core.Evidence;

/// <summary>Collects checks. A check that meets a file it cannot make sense of has failed; nothing that a file holds can stop the others.</summary>
internal sealed class CheckList
{
    private readonly List<EvidenceCheck> _checks = [];

    public IReadOnlyList<EvidenceCheck> Checks => _checks;

    public bool Failed => _checks.Any(check => check.Outcome == CheckOutcome.Failed);

    public bool HasFailed(string name) => _checks.Any(check => check.Name == name && check.Outcome == CheckOutcome.Failed);

    public void Pass(string name, string detail) => _checks.Add(new(name, CheckOutcome.Passed, detail));

    public void Fail(string name, string detail) => _checks.Add(new(name, CheckOutcome.Failed, detail));

    public void Skip(string name, string detail) => _checks.Add(new(name, CheckOutcome.NotChecked, detail));

    public bool Require(string name, bool holds, string good, string bad)
    {
        _checks.Add(new(name, holds ? CheckOutcome.Passed : CheckOutcome.Failed, holds ? good : bad));
        return holds;
    }

    /// <summary>Makes a check that may find nonsense.</summary>
    public void Try(string name, Action check)
    {
        try
        {
            check();
        }
        catch (Exception error) when (error is LetheException or JsonException or FormatException or InvalidOperationException or KeyNotFoundException
            or ArgumentException or OverflowException or IOException or UnauthorizedAccessException)
        {
            Fail(name, error.Message);
        }
    }
}
