using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Core.Store;
using Lethe.Torch;
using Lethe.Torch.Modules;
using Lethe.Training.Datasets;
using Lethe.Training.Training;

namespace Lethe.Training.Models;

/// <summary>Writes trained models for other programs.</summary>
public static class ModelExport
{
    /// <summary>Writes parameters and buffers as a safetensors file under PyTorch's names.</summary>
    /// <param name="state">The trained state.</param>
    /// <param name="spec">The model; goes into the file's metadata.</param>
    /// <param name="normalization">How inputs are normalised; goes into the file's metadata.</param>
    /// <param name="path">The file; replaced atomically.</param>
    public static void SaveSafetensors(StateDict state, ModelSpec spec, Normalization normalization, string path)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(normalization);
        AtomicFile.WriteAllBytes(path, state.ToSafetensors(new Dictionary<string, string>
        {
            ["model"] = spec.Name,
            ["model_options"] = CanonicalJson.Serialize(spec.Options ?? new Dictionary<string, string>()),
            ["input_shape"] = Join(spec.InputShape),
            ["classes"] = spec.Classes.ToString(CultureInfo.InvariantCulture),
            ["normalization_mean"] = Join(normalization.Mean),
            ["normalization_std"] = Join(normalization.Std),
        }));
    }

    /// <summary>Writes a model as a TorchScript file, in evaluation mode: normalised samples (n, …) in, logits (n, classes) out.</summary>
    /// <param name="model">A model of <see cref="ModelCatalog"/>, or an imported one, on the CPU.</param>
    /// <param name="path">The file; replaced atomically.</param>
    /// <exception cref="UsageException">The model does not say its forward pass in TorchScript.</exception>
    /// <exception cref="LetheException">The file cannot be written.</exception>
    public static void SaveTorchScript(torch.nn.Module<Tensor, Tensor> model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model is ScriptModule imported)
        {
            imported.eval();
            Save(imported, path);
            return;
        }
        using var script = ToScript(model);
        Save(script, path);
    }

    private static void Save(ScriptModule script, string path)
    {
        var temporary = path + ".tmp";
        try
        {
            torch.jit.save(script, temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is TorchException or IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new LetheException($"Cannot write {path}: {error.Message} Free space or correct the permissions, then repeat the command.", error);
        }
    }

    /// <summary>Builds the TorchScript module of a model, in evaluation mode: its tensors are shared with the model's.</summary>
    /// <param name="model">A model of <see cref="ModelCatalog"/> on the CPU.</param>
    /// <exception cref="UsageException">The model does not say its forward pass in TorchScript.</exception>
    public static ScriptModule ToScript(torch.nn.Module<Tensor, Tensor> model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model is not IScripted)
        {
            throw new UsageException($"Model {model.Name} cannot be written as TorchScript; export it as safetensors.");
        }
        var script = torch.jit.compile(ScriptSource.From(model, Methods));
        script.eval();
        return script;
    }

    private static string? Methods(torch.nn.Module module) => module switch
    {
        IScripted scripted => scripted.Script,
        Sequential chain when chain.named_children().All(child => child.module is IScripted) => ScriptText.Forward(
            chain.named_children().Select(child => $"x = getattr(self, \"{child.name}\").forward(x)").Append("return x")),
        _ => null,
    };

    private static string Join<T>(IEnumerable<T> values)
        where T : IFormattable => string.Join(",", values.Select(value => value.ToString(null, CultureInfo.InvariantCulture)));
}
