namespace Lethe.Core.Verdicts;

/// <summary>What a verification concludes. Whatever is not shown to be forgotten is not <see cref="Complete"/>.</summary>
public enum VerdictKind
{
    /// <summary>Every measure with power finds the model where models lie that never saw the records.</summary>
    Complete,

    /// <summary>Some measure tells the model from models that never saw the records, or an alarm was raised.</summary>
    Incomplete,

    /// <summary>Nothing can be said: no measure could have told the original either, or there are too few gold models.</summary>
    Unverified,
}

/// <summary>What one test found.</summary>
public enum TestOutcome
{
    /// <summary>The model lies within gold's range.</summary>
    Within,

    /// <summary>The model lies outside gold's range: too little was forgotten, or too much.</summary>
    Outside,

    /// <summary>The test has no power here, or lacks something, and says nothing.</summary>
    Abstained,
}
