namespace Lethe;

/// <summary>How to forget.</summary>
public sealed record ForgettingOptions
{
    /// <summary>A name of <see cref="LetheEngine.Methods"/>; null: deep-obliviate, sisa or retrain, by how the run was trained, and fine-tune for an imported model.</summary>
    public string? Method { get; init; }

    /// <summary>Options of the method by name without dashes, for example <c>["stop"] = "fit"</c>; <see cref="LetheEngine.DescribeMethods"/> lists them.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Why the records are forgotten, stored with the request.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether to measure the model before and after, as aggregates.</summary>
    public bool Measure { get; init; } = true;

    /// <summary>A JSON file with the policy by which this request is verified and promoted, stored with it; null: the run's.</summary>
    public string? Policy { get; init; }

    /// <summary>Whether to go on although this process computes other bits than the one that trained the run.</summary>
    public bool ForceProfile { get; init; }

    /// <summary>Whether the stored report shows some of the forgotten records. The report is personal data then.</summary>
    public bool Pictures { get; init; }

    /// <summary>
    /// Whether the new model is served at once where the quick checks pass, without a verdict; kept in the history as a person's decision, see
    /// <see cref="By"/>. Otherwise it waits for <see cref="LetheEngine.Verify"/> and <see cref="LetheEngine.Promote"/>, unless the policy asks for the quick checks only.
    /// </summary>
    public bool Serve { get; init; }

    /// <summary>Who decides to <see cref="Serve"/>; null: this process's user. Stays in the run's history and in certificates, in clear.</summary>
    public string? By { get; init; }

    /// <summary>Whether what is destroyed is overwritten first; what that reaches depends on file system and drive.</summary>
    public bool SecureErase { get; init; }
}
