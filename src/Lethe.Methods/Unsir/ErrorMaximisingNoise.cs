using Lethe.Methods.Editing;
using Lethe.Torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Unsir;

/// <summary>
/// Samples that a model takes for anything but their class: minimises −CE(f(N), c) + λ·mean_b Σ N² by Adam. Classes do not touch each
/// other, so that several can be learned in one batch.
/// </summary>
internal static class ErrorMaximisingNoise
{
    /// <summary>Learns in place.</summary>
    /// <param name="logits">The model; its parameters should need no gradient.</param>
    /// <param name="noise">(classes · B, …) Float32 leaf that needs a gradient, class after class.</param>
    /// <param name="classes">Their labels.</param>
    /// <param name="settings">Steps, rate and λ.</param>
    /// <param name="beforeStep">Called before each step.</param>
    /// <returns>The objective of each class at each step, before the step.</returns>
    public static IReadOnlyList<double>[] Learn(
        Func<Tensor, Tensor> logits, Tensor noise, IReadOnlyList<int> classes, UnsirSettings settings, Action beforeStep)
    {
        var size = (int)noise.shape[0] / classes.Count;
        var losses = classes.Select(_ => new List<double>()).ToArray();
        using var optimizer = torch.optim.Adam([noise], settings.NoiseRate);
        using var target = torch.tensor(classes.SelectMany(label => Enumerable.Repeat((long)label, size)).ToArray()).to(noise.device);
        int[] inner = [.. Enumerable.Range(1, noise.shape.Length - 1)];
        for (var step = 0; step < settings.NoiseSteps; step++)
        {
            beforeStep();
            using var scope = torch.NewDisposeScope();
            var error = F.cross_entropy(logits(noise), target, reduction: torch.nn.Reduction.None);
            var objective = noise.square().sum(Array.ConvertAll(inner, dim => (long)dim)) * settings.Lambda - error;
            optimizer.Step(objective.sum() / size);
            var means = objective.detach().reshape(classes.Count, size).mean(1).to(torch.CPU).data<float>();
            for (var k = 0; k < losses.Length; k++) losses[k].Add(means[k]);
        }
        return losses;
    }
}
