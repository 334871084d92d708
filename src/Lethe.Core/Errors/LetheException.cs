namespace Lethe.Core.Errors;

/// <summary>An error for the user: one message that says what went wrong, where, and what to do.</summary>
/// <param name="message">The whole message.</param>
/// <param name="inner">The cause, if another exception is behind it.</param>
public class LetheException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The exit code of the command line for this kind of error.</summary>
    public virtual int ExitCode => 1;
}
