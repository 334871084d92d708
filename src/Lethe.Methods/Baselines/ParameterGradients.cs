using Lethe.Methods.Editing;
using Lethe.Torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Baselines;

/// <summary>Sums over the batches of a set that depend on the gradient of the mean cross-entropy; the model stays as it is.</summary>
internal static class ParameterGradients
{
    /// <summary>Adds up what <paramref name="of"/> makes of each batch's gradients, in evaluation mode.</summary>
    /// <returns>One sum for each parameter (0 for frozen and unused ones), in the model's order, in the open dispose scope; and the number of batches.</returns>
    public static (IReadOnlyList<Tensor> Sums, int Batches) Sum(Edit edit, RecordSet set, int batchSize, Func<Tensor, Tensor> of)
    {
        Tensor[] parameters = [.. edit.Parameters().Select(entry => entry.Parameter)];
        int[] trained = [.. Enumerable.Range(0, parameters.Length).Where(i => parameters[i].requires_grad)];
        Tensor[] differentiated = [.. trained.Select(i => parameters[i])];
        Tensor[] sums = Array.ConvertAll(parameters, parameter => torch.zeros_like(parameter));
        var batches = 0;
        edit.Module.eval();
        edit.Each(set, batchSize, batch =>
        {
            var loss = F.cross_entropy(edit.Logits(batch.Input), batch.Target);
            var gradients = torch.autograd.grad([loss], differentiated, allow_unused: true);
            using var noGrad = torch.no_grad();
            for (var i = 0; i < trained.Length; i++)
                if (gradients[i] is { } gradient) sums[trained[i]].add_(of(gradient));
            batches++;
        });
        edit.Module.train();
        return (sums, batches);
    }
}
