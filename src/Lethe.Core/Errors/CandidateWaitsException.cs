namespace Lethe.Core.Errors;

/// <summary>Nothing allows a candidate to be served (exit code 5). It waits, and the run is as it was.</summary>
/// <inheritdoc cref="LetheException"/>
public sealed class CandidateWaitsException(string message, Exception? inner = null) : LetheException(message, inner)
{
    /// <inheritdoc/>
    public override int ExitCode => 5;
}
