using Lethe.Core.Store;
using Lethe.Core.Verdicts;

namespace Lethe.Operations;

/// <summary>A verdict and the policy that it was built with, in a request's folder. That policy decides nothing: the request's own does.</summary>
internal static class VerdictFiles
{
    /// <summary>Stores both; a kill in between leaves the old verdict with its policy, or the new one with its.</summary>
    public static void Write(string folder, Verdict verdict, VerificationPolicy policy)
    {
        PolicyFile.Write(folder, VerificationPolicy.PendingVerdictFileName, policy);
        AtomicFile.WriteAllText(Path.Combine(folder, Verdict.FileName), verdict.Kept().ToJson() + "\n");
        PutInPlace(folder);
    }

    /// <summary>Whether a process was killed between the two files.</summary>
    public static bool AreUnfinished(string folder) => File.Exists(Path.Combine(folder, VerificationPolicy.PendingVerdictFileName));

    /// <summary>Puts the policy that such a process left beside its verdict, or removes it where the verdict was not written. Doing it twice does nothing.</summary>
    /// <param name="folder">The request's folder.</param>
    /// <param name="verdict">The verdict that it holds; null: none.</param>
    public static void Finish(string folder, Verdict? verdict)
    {
        string pending = Path.Combine(folder, VerificationPolicy.PendingVerdictFileName);
        if (!File.Exists(pending))
            return;
        if (verdict is not null && PolicyFile.Read(pending).Digest == verdict.Policy)
            PutInPlace(folder);
        else
            File.Delete(pending);
    }

    private static void PutInPlace(string folder) =>
        File.Move(Path.Combine(folder, VerificationPolicy.PendingVerdictFileName), Path.Combine(folder, VerificationPolicy.VerdictFileName), overwrite: true);
}
