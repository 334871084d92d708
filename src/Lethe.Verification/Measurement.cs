namespace Lethe.Verification;

/// <summary>One measured figure, with what it was measured against and which way is good.</summary>
/// <param name="Name">What was measured, for example <c>accuracy.test</c>.</param>
/// <param name="Subject">Whose figure it is: one of the constants of <see cref="Subjects"/>.</param>
/// <param name="Value">The figure; shares are in [0, 1], divergences in nats.</param>
/// <param name="Reference">What the figure is to be read against, for example <c>gold, mean of 3 seeds</c>.</param>
/// <param name="Direction">Which way is good: one of the constants of <see cref="Directions"/>.</param>
public sealed record Measurement(string Name, string Subject, double Value, string Reference, string Direction);

/// <summary>The models that stand side by side in every table.</summary>
public static class Subjects
{
    /// <summary>The model before forgetting.</summary>
    public const string Original = "original";

    /// <summary>The model after forgetting.</summary>
    public const string Unlearned = "unlearned";

    /// <summary>A model trained without the forgotten records.</summary>
    public const string Gold = "gold";

    /// <summary>One gold model against another that differs in the seed only.</summary>
    public const string Floor = "floor";
}

/// <summary>How a figure is to be read.</summary>
public static class Directions
{
    /// <summary>The best value is the one that gold has.</summary>
    public const string EqualToGold = "equal to gold is best";

    /// <summary>Larger is better.</summary>
    public const string HigherIsBetter = "higher is better";

    /// <summary>Smaller is better.</summary>
    public const string LowerIsBetter = "lower is better";

    /// <summary>Neither way is good by itself.</summary>
    public const string Context = "context only";
}
