namespace Lethe.Methods;

/// <summary>What a method must be given. What it does not declare, it cannot read.</summary>
[Flags]
public enum MethodNeeds
{
    /// <summary>The served model alone.</summary>
    None = 0,

    /// <summary>The samples of the records to forget, D_f.</summary>
    ForgetSet = 1,

    /// <summary>Samples of records that stay, D_r.</summary>
    RetainSet = 2,

    /// <summary>The recipe and the initial model, so that it can be trained from scratch.</summary>
    Recipe = 4,

    /// <summary>A checkpoint after every block (scheme deep-obliviate).</summary>
    BlockCheckpoints = 8,

    /// <summary>Shards with a checkpoint after every slice (scheme sisa).</summary>
    Shards = 16,
}
