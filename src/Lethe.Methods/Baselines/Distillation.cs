using Lethe.Torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Baselines;

/// <summary>How far a student is from its teacher.</summary>
internal static class Distillation
{
    /// <summary>KL(teacher ‖ student) at a temperature, mean over the batch.</summary>
    /// <param name="student">Logits (n, classes).</param>
    /// <param name="teacher">Logits (n, classes).</param>
    /// <param name="temperature">What both are divided by.</param>
    public static Tensor Divergence(Tensor student, Tensor teacher, double temperature) => F.kl_div(
        (student / temperature).log_softmax(1), (teacher / temperature).log_softmax(1), log_target: true, torch.nn.Reduction.Sum) / student.shape[0];
}
