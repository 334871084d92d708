using System.Globalization;
using Lethe.Core.Numerics;

[assembly: AssemblyFixture(typeof(Lethe.Tests.Operations.PeopleRun))]

namespace Lethe.Tests.Operations;

/// <summary>A small run in blocks about twelve people, trained once; tests copy it.</summary>
public sealed class PeopleRun : IDisposable
{
    private const int Records = 240;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lethe-people-");
    private readonly Lazy<string> _run;
    private int _copies;

    public PeopleRun() => _run = new Lazy<string>(Train);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A copy of the trained run.</summary>
    public string Copy()
    {
        string target = Path.Combine(_folder.FullName, "copy-" + Interlocked.Increment(ref _copies).ToString(CultureInfo.InvariantCulture));
        foreach (string file in Directory.EnumerateFiles(_run.Value, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(_run.Value, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }

    private string Train()
    {
        var random = new CounterRandom(3, 9);
        string data = Path.Combine(_folder.FullName, "people.csv");
        File.WriteAllLines(data,
        [
            "kind,person,height,weight",
            .. Enumerable.Range(0, Records).Select(i =>
                string.Create(CultureInfo.InvariantCulture, $"{(i % 2 == 0 ? "cat" : "dog")},person-{i % 12},{random.NextNormal() + (i % 2):F6},{random.NextNormal() - (i % 2):F6}")),
        ]);
        return new LetheEngine().Train(new TrainingRequest
        {
            Data = new DataRequest { Source = $"csv:{data}?label=kind&subject=person" },
            Out = Path.Combine(_folder.FullName, "run"),
            Model = "mlp",
            ModelOptions = new Dictionary<string, string> { ["hidden"] = "8" },
            Blocks = 12,
            EpochsPerBlock = 1,
            BatchSize = 10,
            Threads = 1,
        }).Run;
    }
}
