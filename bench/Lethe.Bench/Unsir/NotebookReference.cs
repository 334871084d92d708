using System.Globalization;
using System.Text.Json;

using Lethe.Bench.DeepObliviate;
using Lethe.Core.Store;
using Lethe.Torch;
using Lethe.Training.Datasets;

namespace Lethe.Bench.Unsir;

/// <summary>The notebook's algorithm as a PyTorch script (bench/reference/unsir.py), on the same weights and data.</summary>
internal static class NotebookReference
{
    /// <summary>What the script prints.</summary>
    public static JsonElement Run(Workbench bench, string scratch, IReadOnlyList<int> classes, UnsirTrial trial, int threads, ulong seed, CancellationToken cancellation)
    {
        string weights = Path.Combine(scratch, "reference-weights.safetensors"), data = Path.Combine(scratch, "reference-data.safetensors");
        File.WriteAllBytes(weights, bench.OriginalState.ToSafetensors());
        File.WriteAllBytes(data, Safetensors.Write(
        [
            Images("images", bench.Data), Labels("labels", bench.Data), Images("test_images", bench.Test), Labels("test_labels", bench.Test),
        ]));
        var normalization = bench.Recipe.Normalization!;
        return PythonScript.Run("unsir.py",
        [
            "--weights", weights, "--data", data, "--forget", string.Join(',', classes), "--mean", Numbers(normalization.Mean), "--std", Numbers(normalization.Std),
            "--retain-per-class", Text(trial.RetainPerClass), "--noise-batch", Text(trial.NoiseBatch), "--threads", Text(threads), "--seed", seed.ToString(CultureInfo.InvariantCulture),
        ], cancellation);
    }

    private static NamedArray Images(string name, TensorDataset data) => new(name, ElementType.U8, data.Samples.shape, data.Samples.bytes());

    private static NamedArray Labels(string name, TensorDataset data) => new(name, ElementType.I64, data.Labels.shape, data.Labels.bytes());

    private static string Numbers(IReadOnlyList<float> values) => string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
