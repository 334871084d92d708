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
        File.Move(Path.Combine(folder, VerificationPolicy.PendingVerdictFileName), Path.Combine(folder, VerificationPolicy.VerdictFileName), overwrite: true);
    }
}
