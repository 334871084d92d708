using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Torch;
using Lethe.Training.Models;

namespace Lethe.Operations;

/// <summary>The file of a trained model: TorchScript, or weights of a network that Lethe has. Which of them it is, its content says.</summary>
internal sealed class ImportedFile
{
    private readonly string _path;
    private readonly byte[] _bytes;
    private readonly IReadOnlyDictionary<string, string> _options;

    private ImportedFile(ImportRequest request, byte[] bytes, string model) => (_path, _bytes, Model, _options) = (request.Model, bytes, model, request.NetworkOptions);

    /// <summary>Name of the model in the run's recipe.</summary>
    public string Model { get; }

    /// <summary>Reads a file, but opens no network yet.</summary>
    /// <exception cref="UsageException">Weights come without the name of their network, or TorchScript with one.</exception>
    /// <exception cref="BadDataException">The file cannot be read.</exception>
    public static ImportedFile Read(ImportRequest request)
    {
        byte[] bytes = ReadBytes(request.Model);
        if (!WeightsFile.IsSafetensors(bytes))
        {
            RequireNoNetwork(request);
            return new(request, bytes, ImportedModel.ModelName);
        }

        string known = WeightsFile.ModelNamedIn(bytes) is { } model ? $"This file was written for --model {model}." : $"Name it with --model, one of {string.Join(", ", ModelCatalog.Names)}.";
        return new(request, bytes, request.Network
            ?? throw new UsageException($"{request.Model} holds weights (safetensors), but not the network that they belong to. {known} A network that Lethe does not have is imported as TorchScript, without --model."));
    }

    /// <summary>What the run keeps of the file besides its values; null where Lethe has the network itself.</summary>
    /// <exception cref="BadDataException">The file is no TorchScript that can be imported.</exception>
    public byte[]? Network() => Model == ImportedModel.ModelName ? ImportedModel.WithoutValues(_bytes, _path) : null;

    /// <summary>Opens the model on the CPU: a new one each time.</summary>
    /// <exception cref="BadDataException">The file cannot be read, or the weights do not fit the network or the data.</exception>
    /// <exception cref="UsageException">The network or an option is unknown, or the network cannot take the samples.</exception>
    public torch.nn.Module<Tensor, Tensor> Open(DatasetManifest data) => Model == ImportedModel.ModelName
        ? ImportedModel.Open(_bytes, _path)
        : WeightsFile.Open(_bytes, _path, new ModelSpec(Model, data.SampleShape, data.ClassCount, _options));

    private static void RequireNoNetwork(ImportRequest request)
    {
        string? given = request.Network is { } network ? $"--model {network}" : request.NetworkOptions.Count > 0 ? "--model-option" : null;
        if (given is not null)
            throw new UsageException($"{given} belongs to weights as safetensors, and {request.Model} is none. TorchScript brings its own network: leave {given} out. What torch.save wrote must be written anew in Python: safetensors.torch.save_file(model.state_dict(), \"weights.safetensors\")");
    }

    /// <summary>The bytes of a trained model's file.</summary>
    /// <exception cref="BadDataException">It does not exist or cannot be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        const string what = "name a TorchScript file, as torch.jit.save writes it, or weights as safetensors.";
        if (Directory.Exists(path))
            throw new BadDataException($"{path} is a directory; {what}");
        if (!File.Exists(path))
            throw new BadDataException($"{path} does not exist; {what}");
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"{path} cannot be read: {error.Message}", error);
        }
    }
}
