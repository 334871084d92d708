namespace Lethe.Training.Models;

/// <summary>A model with dropout; the trainer hands it a source of masks for every step.</summary>
public interface IUsesDropout
{
    /// <summary>Probability that an activation is dropped in training mode, in [0, 1).</summary>
    double DropoutProbability { get; }

    /// <summary>Sets where the next forward passes draw masks from; null forgets it.</summary>
    void SetDropoutMasks(DropoutMasks? masks);
}
