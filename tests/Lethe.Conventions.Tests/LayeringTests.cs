namespace Lethe.Conventions.Tests;

/// <summary>No arrow between the rooms runs backwards (ARCHITECTURE.md).</summary>
public class LayeringTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Lethe.Core"] = [],
        ["Lethe.Evidence"] = ["Lethe.Core"],
        ["Lethe.Torch"] = [],
        ["Lethe.Training"] = ["Lethe.Core", "Lethe.Torch"],
        ["Lethe.Methods"] = ["Lethe.Training"],
        ["Lethe.Verification"] = ["Lethe.Training"],
        ["Lethe"] = ["Lethe.Methods", "Lethe.Verification"],
        ["Lethe.Bench"] = ["Lethe"],
        ["Lethe.Cli"] = ["Lethe", "Lethe.Bench"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Fact]
    public void EveryProjectHasAPlaceInTheGraph()
    {
        var projects = Directory.EnumerateDirectories(Repository.PathOf("src"))
            .Concat(Directory.EnumerateDirectories(Repository.PathOf("bench")))
            .Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(folder => Path.GetFileName(folder));
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Projects))]
    public void ReferencesOnlyTheRoomsBelow(string project) =>
        Assert.Equal(Allowed[project].Order(StringComparer.Ordinal), Repository.ProjectReferences(project).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Projects))]
    public void BuiltAssemblyUsesOnlyTheRoomsBelow(string project)
    {
        var reachable = Reachable(project);
        var used = Repository.Load(project).GetReferencedAssemblies().Select(name => name.Name!).Where(Allowed.ContainsKey);
        Violations.None(used.Except(reachable));
    }

    [Fact]
    public void CoreSeesNoTensor() => Assert.DoesNotContain("Lethe.Torch", Reachable("Lethe.Core"));

    [Fact]
    public void TheVerifierOfCertificatesSeesNothingElse() => Assert.Equal(["Lethe.Core"], Reachable("Lethe.Evidence"));

    [Fact]
    public void TheJudgeNeverSeesTheDefendant()
    {
        Assert.DoesNotContain("Lethe.Methods", Reachable("Lethe.Verification"));
        Assert.DoesNotContain("Lethe.Verification", Reachable("Lethe.Methods"));
    }

    [Fact]
    public void OnlyTheTorchRoomAllowsUnsafeCode()
    {
        var unsafeProjects = Repository.Files("src", "*.csproj").Concat(Repository.Files("bench", "*.csproj"))
            .Where(file => Repository.Read(file).Contains("AllowUnsafeBlocks", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file));
        Assert.Equal(["Lethe.Torch"], unsafeProjects);
        Assert.DoesNotContain("AllowUnsafeBlocks", Repository.Read("Directory.Build.props"), StringComparison.Ordinal);
    }

    private static HashSet<string> Reachable(string project)
    {
        var found = new HashSet<string>();
        var open = new Queue<string>(Allowed[project]);
        while (open.TryDequeue(out var next))
        {
            if (found.Add(next))
            {
                Array.ForEach(Allowed[next], open.Enqueue);
            }
        }

        return found;
    }
}
