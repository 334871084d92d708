using System.CommandLine;
using Lethe.Cli.Commands;

namespace Lethe.Cli.CommandLine;

/// <summary>Says after Ctrl-C how to go on.</summary>
internal static class Continuation
{
    /// <param name="parsed">The command.</param>
    /// <param name="stopped">What it ended with.</param>
    public static string After(ParseResult parsed, OperationCanceledException stopped) => parsed.CommandResult.Command switch
    {
        TrainCommand train => $"What was trained so far is stored. Go on with: lethe train --resume {Quote(train.RunOf(parsed))}",
        ForgetCommand when stopped is ForgettingStoppedException { Run: var run, Request: var request } =>
            $"The run is as it was before, and {request} is stored. Go on with the same command: what was finished (blocks, slices, or the steps of an edit) is not done again. Give it up with: lethe withdraw {Quote(run)} {request}",
        EvidenceReplayCommand => "Nothing was written. Start the same command again, or choose fewer steps with --share or --step.",
        VerifyCommand => "The run is unchanged; gold models that were finished are kept. Go on with the same command.",
        _ => "Start the same command again.",
    };

    public static string Quote(string path) => path.Any(character => char.IsWhiteSpace(character) || "'\"$&;()*?".Contains(character)) ? $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'" : path;
}
