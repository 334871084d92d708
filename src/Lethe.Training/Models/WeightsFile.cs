using System.Buffers.Binary;
using Lethe.Core.Errors;
using Lethe.Core.Store;
using Lethe.Torch;
using Lethe.Training.Training;

namespace Lethe.Training.Models;

/// <summary>Reads the weights of trained models from safetensors files, under PyTorch's (torchvision's) names.</summary>
public static class WeightsFile
{
    private const int LengthBytes = 8;
    private const ulong LargestHeader = 100_000_000;
    private const string ModelEntry = "model";

    /// <summary>Tells by its first bytes, the length of a JSON header and the header's brace, whether a file means to be safetensors.</summary>
    public static bool IsSafetensors(ReadOnlySpan<byte> file) =>
        file.Length > LengthBytes && file[LengthBytes] == (byte)'{' && BinaryPrimitives.ReadUInt64LittleEndian(file) <= LargestHeader;

    /// <summary>Reads all values of a file.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="BadDataException">It is no safetensors file.</exception>
    public static StateDict Read(byte[] file, string name)
    {
        try
        {
            return StateDict.FromSafetensors(file);
        }
        catch (BadDataException error)
        {
            throw new BadDataException(
                $"The weights {name} are no safetensors file. {error.Message} In Python, "
                + "safetensors.torch.save_file(model.state_dict(), \"weights.safetensors\") writes one.", error);
        }
    }

    /// <summary>The model of <see cref="ModelCatalog"/> that a file written by <see cref="ModelExport"/> names; null for others.</summary>
    /// <param name="file">The bytes of the file.</param>
    public static string? ModelNamedIn(byte[] file)
    {
        try
        {
            return Safetensors.ReadMetadata(file).GetValueOrDefault(ModelEntry) is { } model && ModelCatalog.Names.Contains(model) ? model : null;
        }
        catch (BadDataException)
        {
            return null;
        }
    }

    /// <summary>Builds a model with the weights of a file, on the CPU and in training mode.</summary>
    /// <param name="file">The bytes of the file. Batch-norm counters may be missing, and floating-point types may differ.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="spec">The model.</param>
    /// <exception cref="BadDataException">The file cannot be read, its names or shapes differ, or a value is not finite.</exception>
    /// <exception cref="UsageException">The model or an option is unknown, or the model cannot take samples of that shape.</exception>
    public static torch.nn.Module<Tensor, Tensor> Open(byte[] file, string name, ModelSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        using var generator = new Generator(0);
        var model = ModelCatalog.Create(spec, generator);
        try
        {
            using var stored = Read(file, name);
            new WeightsCheck(name, spec, except: null).Require(model.state_dict(), stored.Tensors);
            model.load_state_dict(stored.Tensors, strict: false);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
