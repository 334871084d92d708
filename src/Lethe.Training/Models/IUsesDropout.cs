using Lethe.Torch;

namespace Lethe.Training.Models;

/// <summary>A model with dropout; the trainer hands it a generator for every step: a mask is a function of its position.</summary>
public interface IUsesDropout
{
    /// <summary>Probability that an activation is dropped in training mode, in [0, 1).</summary>
    double DropoutProbability { get; }

    /// <summary>Sets the generator that the next forward passes draw masks from; null forgets it.</summary>
    void SetDropoutGenerator(Generator? generator);
}
