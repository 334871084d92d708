namespace Lethe.Bench;

/// <summary>How a suite uses training seeds.</summary>
public sealed record SuiteSeeds
{
    private SuiteSeeds(int usual, bool repeats) => (Usual, Repeats) = (usual, repeats);

    /// <summary>It takes none.</summary>
    public static SuiteSeeds None { get; } = new(0, repeats: false);

    /// <summary>It measures once, with one.</summary>
    public static SuiteSeeds One { get; } = new(1, repeats: false);

    /// <summary>Over how many it is repeated unless <c>--seeds</c> says otherwise; 0: it takes none.</summary>
    public int Usual { get; }

    /// <summary>Whether it can be measured seed by seed, and the parts joined.</summary>
    public bool Repeats { get; }

    /// <summary>It measures the same with each.</summary>
    /// <param name="usual">With how many of them, unless another number is asked for.</param>
    public static SuiteSeeds Repeated(int usual) => new(usual, repeats: true);
}
