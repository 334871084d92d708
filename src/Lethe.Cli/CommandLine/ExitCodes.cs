namespace Lethe.Cli.CommandLine;

/// <summary>What the exit status tells a script.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int Usage = 2;
    public const int Damaged = 4;

    /// <summary>A new model waits: a check or its verdict speaks against it, or there is no verdict to promote it by.</summary>
    public const int Held = 5;
    public const int Cancelled = 130;
}
