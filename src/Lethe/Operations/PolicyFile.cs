using Lethe.Core.Errors;
using Lethe.Core.Store;
using Lethe.Core.Verdicts;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Where verification policies are: named on the command line, in a request's folder, in the run, or the default.</summary>
internal static class PolicyFile
{
    /// <summary>Reads a policy that a user named.</summary>
    /// <exception cref="BadDataException">There is no such file, it is no policy, or a value lies outside its bounds.</exception>
    public static VerificationPolicy Read(string file)
    {
        if (!File.Exists(file))
            throw new BadDataException($"--policy {file} does not exist. `lethe policy --out {file}` writes one to start from.");
        try
        {
            return VerificationPolicy.FromJson(File.ReadAllText(file));
        }
        catch (BadDataException error)
        {
            throw new BadDataException($"{file}: {error.Message}", error);
        }
    }

    /// <summary>The policy of a request: its own, else the run's, else the default.</summary>
    /// <param name="run">The run.</param>
    /// <param name="request">The request's identifier; null: the run's policy.</param>
    /// <exception cref="BadDataException">A stored policy is damaged.</exception>
    public static VerificationPolicy Of(Run run, string? request = null)
    {
        string[] places = request is null ? [run.Directory] : [Path.Combine(RequestFolder.Root(run.Directory), request), run.Directory];
        return places.Select(place => Path.Combine(place, VerificationPolicy.FileName)).FirstOrDefault(File.Exists) is { } stored
            ? Read(stored)
            : VerificationPolicy.Default;
    }

    /// <summary>Stores a policy in a run or in a request's folder.</summary>
    public static void Write(string directory, VerificationPolicy policy) => Write(directory, VerificationPolicy.FileName, policy);

    /// <summary>Stores a policy under another name.</summary>
    public static void Write(string directory, string name, VerificationPolicy policy) =>
        AtomicFile.WriteAllText(Path.Combine(directory, name), CanonicalJson.SerializeIndented(policy));
}
