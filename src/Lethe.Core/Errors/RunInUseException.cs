namespace Lethe.Core.Errors;

/// <summary>Another process holds the lock of a directory (exit code 3).</summary>
/// <inheritdoc cref="LetheException"/>
public sealed class RunInUseException(string message, Exception? inner = null) : BadDataException(message, inner);
