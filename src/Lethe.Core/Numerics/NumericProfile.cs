using System.Text.Json.Serialization;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Core.Numerics;

/// <summary>
/// Everything besides data, recipe and seed that the bits of a trained model depend on. Two runs can be compared bit
/// by bit only when their profiles are equal.
/// </summary>
/// <param name="LibtorchVersion">For example 1.13.1.</param>
/// <param name="Threads">Intra-op threads.</param>
/// <param name="CpuCapability">The instruction set that ATen dispatches to, for example AVX512.</param>
/// <param name="Precision">fp32 or bf16.</param>
/// <param name="Device">cpu or cuda:0 with the device's name.</param>
/// <param name="BuildInfo">The library's own description of its build (BLAS, oneDNN, OpenMP).</param>
public sealed record NumericProfile(
    string LibtorchVersion, int Threads, string CpuCapability, string Precision, string Device, string BuildInfo)
{
    /// <summary>The digest of the canonical JSON.</summary>
    [JsonIgnore]
    public Digest Digest => Digest.OfText(CanonicalJson.Serialize(this));
}
