namespace Lethe.Core.Errors;

/// <summary>The caller asked for something that cannot be: a wrong option, an impossible combination (exit code 2).</summary>
/// <inheritdoc cref="LetheException"/>
public class UsageException(string message, Exception? inner = null) : LetheException(message, inner)
{
    /// <inheritdoc/>
    public override int ExitCode => 2;
}
