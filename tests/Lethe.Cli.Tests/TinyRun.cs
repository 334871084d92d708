using System.Globalization;
using System.Text;
using Lethe.Core.Numerics;

[assembly: AssemblyFixture(typeof(Lethe.Cli.Tests.TinyRun))]

namespace Lethe.Cli.Tests;

/// <summary>A small table about twelve people and a run trained on it, once for all tests; tests that change the run copy it.</summary>
public sealed class TinyRun : IDisposable
{
    public const int Records = 240;
    public const int People = 12;

    public TinyRun()
    {
        Directory.CreateDirectory(Root);
        File.WriteAllText(DataFile, Table(seed: 1));
        File.WriteAllText(TestFile, Table(seed: 2));
        Training = CliProcess.Run([.. TrainArguments(RunPath), "--json"]);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("lethe-cli-").FullName;

    public string RunPath => Path.Combine(Root, "run");

    public string DataFile => Path.Combine(Root, "people.csv");

    public string TestFile => Path.Combine(Root, "test.csv");

    public string Source => $"csv:{DataFile}?label=kind&subject=person";

    internal CliResult Training { get; }

    public string[] TrainArguments(string run) =>
    [
        "train", "--data", Source, "--test", $"csv:{TestFile}?label=kind&subject=person", "--model", "mlp", "--model-option", "hidden=8",
        "--blocks", "12", "--epochs-per-block", "1", "--batch-size", "10", "--partition", "by-subject", "--threads", "1", "--out", run,
    ];

    /// <summary>A copy of the trained run that a test may change.</summary>
    public string CopyRun() => Copy(RunPath, Fresh());

    public static string Copy(string run, string target)
    {
        // Another test may be looking at the run, and hold its lock for a moment.
        foreach (string file in Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(run, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }

    /// <summary>A path that does not exist yet.</summary>
    public string Fresh() => Path.Combine(Root, "new-" + Interlocked.Increment(ref _copies).ToString(CultureInfo.InvariantCulture));

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private int _copies;

    private static string Table(ulong seed)
    {
        var random = new CounterRandom(seed, 7);
        var table = new StringBuilder("kind,person,age,height,weight,speed\n");
        for (int i = 0; i < Records; i++)
        {
            int kind = i % 2;
            double Feature(double shift) => random.NextNormal() + (kind == 0 ? shift : -shift);
            table.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(kind == 0 ? "cat" : "dog")},p{i % People},{20 + i % 50},{Feature(1):F6},{Feature(1.5):F6},{Feature(0.5):F6}"));
        }

        return table.ToString();
    }
}
