using Lethe.Torch;
using Lethe.Training.Training;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Editing;

/// <summary>Ordinary training inside an edit.</summary>
internal static class EditTraining
{
    /// <summary>An empty optimizer of the recipe's kind over the edited model's parameters.</summary>
    public static torch.optim.Optimizer Optimizer(this Edit edit, double rate) => Optimizers.Create(edit.Recipe, edit.Module, rate);

    /// <summary>One step down a loss.</summary>
    public static void Step(this torch.optim.Optimizer optimizer, Tensor loss)
    {
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
    }

    /// <summary>One pass over a set with cross-entropy, the recipe's batches and its augmentation.</summary>
    /// <returns>The mean loss of the batches.</returns>
    public static double Train(this Edit edit, torch.optim.Optimizer optimizer, RecordSet set, int pass = 0, int? batchSize = null)
    {
        var (sum, batches) = (0.0, 0);
        edit.Each(set, batchSize ?? edit.Recipe.BatchSize, batch =>
        {
            var loss = F.cross_entropy(edit.Logits(batch.Input), batch.Target);
            optimizer.Step(loss);
            sum += loss.ToDouble();
            batches++;
        }, pass, augment: true);
        return sum / batches;
    }
}
