using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch.Native;

/// <summary>One native call for a step over all parameters.</summary>
internal static class OptimizerSteps
{
    internal static unsafe void Sgd(
        IReadOnlyList<Tensor> parameters, IReadOnlyList<Tensor?>? gradients, IReadOnlyList<Tensor>? momenta, long[] steps,
        double learningRate, double momentum, double dampening, double weightDecay, bool nesterov)
    {
        using var parameterHandles = new HandleList(parameters);
        using var gradientHandles = new HandleList(gradients ?? []);
        using var momentumHandles = new HandleList(momenta ?? []);
        fixed (nint* p = parameterHandles, g = gradientHandles, m = momentumHandles)
        fixed (long* s = steps)
        {
            Status.Check(lethe_sgd_step(
                p, gradients is null ? null : g, momenta is null ? null : m, s, parameters.Count, learningRate, momentum, dampening,
                weightDecay, nesterov ? 1 : 0));
        }
    }

    internal static unsafe void Adam(
        IReadOnlyList<Tensor> parameters, IReadOnlyList<Tensor?>? gradients, IReadOnlyList<Tensor> firstMoments,
        IReadOnlyList<Tensor> secondMoments, long[] steps, double learningRate, double beta1, double beta2, double eps, double weightDecay,
        bool decoupled)
    {
        using var parameterHandles = new HandleList(parameters);
        using var gradientHandles = new HandleList(gradients ?? []);
        using var firstHandles = new HandleList(firstMoments);
        using var secondHandles = new HandleList(secondMoments);
        fixed (nint* p = parameterHandles, g = gradientHandles, m = firstHandles, v = secondHandles)
        fixed (long* s = steps)
        {
            Status.Check(lethe_adam_step(
                p, gradients is null ? null : g, m, v, s, parameters.Count, learningRate, beta1, beta2, eps, weightDecay,
                decoupled ? 1 : 0));
        }
    }

    internal static unsafe void ZeroGradients(IReadOnlyList<Tensor> parameters, bool setToNone)
    {
        using var handles = new HandleList(parameters);
        fixed (nint* p = handles)
            Status.Check(lethe_zero_grads(p, parameters.Count, setToNone ? 1 : 0));
    }
}
