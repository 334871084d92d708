using Lethe.Bench.Aru;
using Lethe.Bench.Baselines;
using Lethe.Bench.Calibration;
using Lethe.Bench.DeepObliviate;
using Lethe.Bench.Engine;
using Lethe.Bench.Sisa;
using Lethe.Bench.ULira;
using Lethe.Bench.Unsir;

namespace Lethe.Bench;

/// <summary>All suites that <c>lethe bench</c> knows.</summary>
public static class BenchSuites
{
    /// <summary>The suites in the order in which <c>lethe bench --list</c> prints them.</summary>
    public static IReadOnlyList<IBenchSuite> All { get; } =
    [
        new DeepObliviateMnistSuite(), new AruSuite(), new BaselinesSuite(), new SisaSuite(), new EngineSuite(),
        new VerificationCalibrationSuite(), new ULiraSuite(),
        new UnsirSuite(UnsirProtocol.Reduced), new UnsirSuite(UnsirProtocol.AsInNotebook), new UnsirSuite(UnsirProtocol.Full), new UnsirSuite(UnsirProtocol.Smoke),
    ];
}
