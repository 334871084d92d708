namespace Lethe.Core.Errors;

/// <summary>A stored artifact is missing or its bytes no longer match their digest (exit code 4).</summary>
/// <inheritdoc cref="LetheException"/>
public class StoreDamagedException(string message, Exception? inner = null) : LetheException(message, inner)
{
    /// <inheritdoc/>
    public override int ExitCode => 4;
}
