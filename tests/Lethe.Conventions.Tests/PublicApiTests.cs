namespace Lethe.Conventions.Tests;

/// <summary>A change of a library's public surface shows in the diff of Approved/, or it does not happen.</summary>
public class PublicApiTests
{
    public static TheoryData<string> Libraries => Repository.LibraryData;

    [Theory, MemberData(nameof(Libraries))]
    public void PublicApiIsApproved(string library)
    {
        var received = PublicApi.Describe(Repository.Load(library));
        var approvedFile = Repository.PathOf("tests", "Lethe.Conventions.Tests", "Approved", library + ".txt");
        if (Environment.GetEnvironmentVariable("LETHE_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(approvedFile)!);
            File.WriteAllText(approvedFile, received);
            return;
        }

        var approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile) : "";
        if (received == approved)
        {
            return;
        }

        var receivedFile = Repository.PathOf("artifacts", library + ".received.txt");
        File.WriteAllText(receivedFile, received);
        var before = approved.Split('\n').ToHashSet();
        var after = received.Split('\n').ToHashSet();
        Assert.Fail(
            $"The public API of {library} is not the approved one. Compare {Path.GetRelativePath(Repository.Root, approvedFile)} with "
            + $"artifacts/{library}.received.txt; if the change is meant: ./test --approve\n"
            + string.Join('\n', before.Except(after).Select(line => "- " + line.Trim()).Concat(after.Except(before).Select(line => "+ " + line.Trim())).Take(40)));
    }
}
