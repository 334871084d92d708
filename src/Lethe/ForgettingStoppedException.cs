namespace Lethe;

/// <summary>A <see cref="LetheEngine.Forget"/> was cancelled after it had stored its request. The run is as it was; the same call goes on.</summary>
/// <param name="run">The run directory.</param>
/// <param name="request">The request's identifier, for <see cref="LetheEngine.Withdraw"/>.</param>
/// <param name="inner">Where it was cancelled.</param>
public sealed class ForgettingStoppedException(string run, string request, OperationCanceledException inner)
    : OperationCanceledException($"{request} is stored and not finished.", inner, inner.CancellationToken)
{
    /// <summary>The run directory.</summary>
    public string Run { get; } = run;

    /// <summary>The request's identifier.</summary>
    public string Request { get; } = request;
}
