namespace Lethe.Core.Errors;

/// <summary>An input file or a run directory does not hold what it should (exit code 3). Nothing was written.</summary>
/// <inheritdoc cref="LetheException"/>
public class BadDataException(string message, Exception? inner = null) : LetheException(message, inner)
{
    /// <inheritdoc/>
    public override int ExitCode => 3;
}
