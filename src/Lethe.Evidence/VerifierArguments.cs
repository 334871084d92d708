using Lethe.Core.Errors;

namespace Lethe.Evidence;

/// <summary>What stands on the command line.</summary>
internal sealed record VerifierArguments(string Bundle, string? Run, string? Trust, bool Json)
{
    private const string Verb = "verify";

    /// <exception cref="UsageException">The arguments make no sense.</exception>
    public static VerifierArguments Parse(string[] args)
    {
        string? bundle = null, run = null, trust = null;
        var json = false;
        for (var i = args[0] == Verb ? 1 : 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--run":
                    run = ValueOf(args, ref i);
                    break;
                case "--trust":
                    trust = ValueOf(args, ref i);
                    break;
                case "--json":
                    json = true;
                    break;
                case var option when option.StartsWith('-'):
                    throw new UsageException($"There is no option {option}. Options: --run RUN, --trust PUBLIC.pem, --json.");
                case var folder:
                    bundle = bundle is null ? folder : throw new UsageException($"One certificate at a time: both '{bundle}' and '{folder}' are named.");
                    break;
            }
        }
        return new(bundle ?? throw new UsageException("No certificate is named: give its folder. --help explains."), run, trust, json);
    }

    private static string ValueOf(string[] args, ref int i) =>
        ++i < args.Length ? args[i] : throw new UsageException($"{args[i - 1]} needs a value.");
}
