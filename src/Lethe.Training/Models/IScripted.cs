namespace Lethe.Training.Models;

/// <summary>A module that can say its forward pass in TorchScript, in evaluation mode.</summary>
internal interface IScripted
{
    /// <summary>The definition of <c>forward(self, x: Tensor) -> Tensor</c>; children are attributes of <c>self</c>.</summary>
    string Script { get; }
}
