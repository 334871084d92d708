namespace Lethe.Core.Steps;

/// <summary>How a checkpoint came about.</summary>
public enum StepKind
{
    /// <summary>The weights that training began with: a function of recipe and seed. Can be made again.</summary>
    Initial,

    /// <summary>Training of one block or slice from another checkpoint. Can be executed again.</summary>
    Trained,

    /// <summary>
    /// Arithmetic on models or an edit of one: stitched, moved or edited. Cannot be executed again, because the models that it was computed from
    /// remember forgotten records and are destroyed.
    /// </summary>
    Derived,
}
