using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;

namespace Lethe.Operations;

/// <summary>Runs a few records through a copy of an imported network, so that nothing is written where it cannot serve.</summary>
internal sealed class ImportTrial(string file, TensorDataset data, Normalization form)
{
    private const int Records = 8;
    private const double Same = 1e-3;
    private const string NotOneTensor = "forward must return one tensor, but it returned ";

    private string Shape => string.Join(", ", data.Manifest.SampleShape.Prepend(Math.Min(Records, data.Count)));

    /// <exception cref="BadDataException">The network cannot take the samples, does not give one logit a class, or cannot be trained.</exception>
    public void Require(torch.nn.Module<Tensor, Tensor> network)
    {
        using var scope = torch.NewDisposeScope();
        var batch = form.Apply(data.Samples.narrow(0, 0, Math.Min(Records, data.Count)));
        network.eval();
        using (torch.no_grad())
        {
            var output = Forward(network, batch);
            RequireLogits(output);
            RequireOneByOne(network, batch, output);
        }

        RequireGradients(network, batch);
    }

    private Tensor Forward(torch.nn.Module<Tensor, Tensor> network, Tensor batch)
    {
        try
        {
            return network.forward(batch);
        }
        catch (TorchException error)
        {
            int found = error.Message.IndexOf(NotOneTensor, StringComparison.Ordinal);
            if (found < 0)
                throw new BadDataException($"{file} cannot take a batch of shape ({string.Join(", ", batch.shape)}): {Reason(error)} The data has samples of shape ({string.Join(", ", data.Manifest.SampleShape)}); name data like that which the model was trained on.", error);
            string kind = error.Message[(found + NotOneTensor.Length)..].Split('\n')[0].Trim().TrimEnd('.') switch { "Tuple" => "tuple", "GenericDict" => "dict", var other => other };
            throw new BadDataException($"{file}: forward returns a {kind}, but must return one tensor of logits (n, classes). Wrap the model in Python in a module whose forward returns only the logits, and save that.", error);
        }
    }

    private void RequireLogits(Tensor output)
    {
        var (rows, classes) = (data.Count < Records ? data.Count : Records, data.Manifest.ClassCount);
        string shape = string.Join(", ", output.shape);
        if (output.dim() != 2 || output.shape[0] != rows)
            throw new BadDataException($"{file}: forward gives a tensor of shape ({shape}) for a batch of shape ({Shape}), but must give one row of logits a record, ({rows}, {classes}).");
        if (output.shape[1] != classes)
            throw new BadDataException($"{file} tells {output.shape[1]} classes apart, but the data has {classes} ({string.Join(", ", data.Manifest.ClassNames.Take(3))}…). Give the data that the model was trained on, or export a model with {classes} outputs.");
        using var scope = torch.NewDisposeScope();
        float[] values = output.to(ScalarType.Float32).data<float>();
        if (!values.All(float.IsFinite))
            throw new BadDataException($"{file}: forward gives values that are no finite numbers for the first records. Check how the model expects its inputs (--normalize, --input-range).");
        if (values.Chunk(classes).All(row => row.All(value => value is >= 0 and <= 1) && Math.Abs(row.Sum() - 1) < Same))
            throw new BadDataException($"{file}: forward gives probabilities. Losses and training need logits: export the model without its final softmax.");
    }

    /// <summary>A record's answer depends on the record alone: not on chance, not on the others of its batch.</summary>
    private void RequireOneByOne(torch.nn.Module<Tensor, Tensor> network, Tensor batch, Tensor output)
    {
        for (long record = 0; record < Math.Min(2, batch.shape[0]); record++)
        {
            var alone = Forward(network, batch.narrow(0, record, 1));
            if (alone.dim() != 2 || !alone.allclose(output.narrow(0, record, 1), rtol: Same, atol: Same))
                throw new BadDataException($"{file}: the answer to a record changes with the batch that it comes in, or by chance. The model was traced in training mode or for one batch size: call model.eval() first and save it with torch.jit.script.");
        }
    }

    private void RequireGradients(torch.nn.Module<Tensor, Tensor> network, Tensor batch)
    {
        network.train();
        using var target = data.Labels.narrow(0, 0, batch.shape[0]);
        using var masks = new DropoutMasks(0, (int)batch.shape[0], [.. Enumerable.Range(0, (int)batch.shape[0])], batch.device);
        (network as IUsesDropout)?.SetDropoutMasks(masks);
        try
        {
            torch.nn.functional.cross_entropy(network.forward(batch), target).backward();
        }
        catch (TorchException error) when (!error.Message.Contains("does not require grad", StringComparison.Ordinal))
        {
            throw new BadDataException($"{file} cannot be trained further, which forgetting needs: {Reason(error)}", error);
        }

        catch (TorchException)
        {
            // The answers do not come from the parameters: said below.
        }

        (network as IUsesDropout)?.SetDropoutMasks(null);
        if (network.parameters().All(parameter => parameter.grad is null))
            throw new BadDataException($"{file}: no gradient reaches the parameters, so that the model cannot be trained further, which forgetting needs. Leave torch.no_grad out of its forward.");
    }

    /// <summary>What went wrong, without TorchScript's trace of where.</summary>
    private static string Reason(TorchException error)
    {
        const string mark = "RuntimeError: ";
        string[] lines = error.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string line = lines.LastOrDefault(text => text.StartsWith(mark, StringComparison.Ordinal)) is { } said ? said[mark.Length..] : lines[0];
        return string.Create(CultureInfo.InvariantCulture, $"{line.TrimEnd('.')}.");
    }
}
