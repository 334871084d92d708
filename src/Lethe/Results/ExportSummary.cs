using Lethe.Core.Records;

namespace Lethe;

/// <summary>A file format for models.</summary>
public enum ExportFormat
{
    /// <summary>Named arrays with PyTorch's names.</summary>
    Safetensors,

    /// <summary>A TorchScript module, weights and normalisation included.</summary>
    Torchscript,
}

/// <summary>An exported model.</summary>
/// <param name="File">The file.</param>
/// <param name="Format">Its format.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Model">The digest of the model in the run.</param>
/// <param name="Input">What to feed the model with.</param>
public sealed record ExportSummary(string File, ExportFormat Format, long Bytes, Digest Model, string Input)
{
    /// <summary>The request whose new model waits, so that this is the model before it, which knows its records; null: none waits.</summary>
    public string? Waiting { get; init; }
}
