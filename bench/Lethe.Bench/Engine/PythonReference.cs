using System.Globalization;

namespace Lethe.Bench.Engine;

/// <summary>The PyTorch side of the engine benchmark, bench/reference/engine.py.</summary>
internal static class PythonReference
{
    /// <summary>Images a second of one case.</summary>
    public static double ImagesPerSecond(string name, int threads, CancellationToken cancellation) =>
        PythonScript.Run("engine.py", [name, "--threads", threads.ToString(CultureInfo.InvariantCulture)], cancellation)
            .GetProperty("images_per_second").GetDouble();
}
