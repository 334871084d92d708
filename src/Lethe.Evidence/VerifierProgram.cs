using Lethe.Core.Errors;
using Lethe.Core.Evidence;

namespace Lethe.Evidence;

/// <summary>Verifies a certificate with nothing but the trust base: neither libtorch nor a command-line library.</summary>
internal static class VerifierProgram
{
    private const int Usage = 2, Damaged = 4;

    private const string Help = """
        lethe-evidence [verify] CERTIFICATE [--run RUN] [--trust PUBLIC.pem] [--json]

        Verifies a certificate of Lethe, as `lethe evidence verify` does, and says what it does not prove.

          verify        may be left out: the program does nothing else
          CERTIFICATE   the folder that `lethe evidence issue` or `lethe evidence export` made; . in that folder
          --run         the run directory: compares the certificate with the run's own files
          --trust       the issuer's public key, got by another way than the certificate
          --json        prints the result as JSON

        Exit codes: 0 genuine (without --trust: whole, signer unknown), 2 wrong usage, 3 no certificate or no run, 4 damaged,
        false, not signed with the trusted key, or about another run.
        """;

    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            if (args.Length == 0 || args.Contains("--help") || args.Contains("-h"))
            {
                output.WriteLine(Help);
                return args.Length == 0 ? Usage : 0;
            }
            var arguments = VerifierArguments.Parse(args);
            var found = CertificateVerifier.Verify(arguments.Bundle, arguments.Run, arguments.Trust);
            output.Write(arguments.Json ? found.ToJson() : found.ToText());
            return found.Holds ? 0 : Damaged;
        }
        catch (LetheException exception)
        {
            error.WriteLine("lethe-evidence: " + exception.Message);
            return exception.ExitCode;
        }
    }
}
