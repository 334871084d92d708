namespace Lethe;

/// <summary>How to promote a held candidate.</summary>
public sealed record PromotionOptions
{
    /// <summary>Why a person has the candidate served without a verdict that allows it; kept in the run's history. Null: by its verdict.</summary>
    public string? Override { get; init; }

    /// <summary>Who decides on an override; null: the user of this process.</summary>
    public string? By { get; init; }

    /// <summary>Whether what is destroyed is overwritten first; what that reaches depends on file system and drive.</summary>
    public bool SecureErase { get; init; }
}

/// <summary>How to give a request up.</summary>
public sealed record WithdrawalOptions
{
    /// <summary>Why; kept in the run in clear.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether what is destroyed is overwritten first; what that reaches depends on file system and drive.</summary>
    public bool SecureErase { get; init; }
}
