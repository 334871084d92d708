using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Core.Errors;
using Lethe.Core.Store;
using Lethe.Core.Verdicts;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe policy</c>: the default verification policy, to be changed and given back with <c>--policy</c>.</summary>
internal sealed class PolicyCommand : Command, IExplained
{
    private readonly Option<string?> _out = new("--out", "-o") { Description = "Write it there instead of printing it.", HelpName = "FILE" };

    public PolicyCommand() : base("policy", "Prints the default verification policy: levels, bounds, measures, and when a candidate is promoted.")
    {
        Options.Add(_out);
        SetAction(parsed => Run(parsed));
    }

    public IReadOnlyList<string> Examples { get; } = ["lethe policy", "lethe policy --out strict.json", "lethe train --data fashion-mnist --policy strict.json --out run"];

    public string Notes => """
        alpha            chance of finding a model INCOMPLETE that never saw the records, over all tests together: 0.000001 … 0.2
        power            how surely a measure must notice a model that forgot nothing, to count: 0.5 … 0.9999
        golds            gold models that `lethe verify` trains: 2 … 100
        minGolds         with fewer nothing is concluded: 2 … golds
        maxAccuracyLoss  a larger loss of accuracy on unseen records is damage: 0 … 1
        relearnSteps     steps of relearning before the measures are taken again: 0 … 1000
        int8Rounding     whether they are taken again after rounding the weights to eight bits
        neighbours       retained records closest to the forgotten ones that are attacked before and after: 0 … 10000
        promotion        verdict: serve a new model only after a verdict; gate: at once after quick checks
        measures         each on (true) or off (false)
        """;

    private int Run(ParseResult parsed)
    {
        string text = CanonicalJson.SerializeIndented(VerificationPolicy.Default);
        if (parsed.GetValue(_out) is not { } file)
        {
            Console.Out.Write(text);
            return ExitCodes.Success;
        }

        if (Directory.Exists(file) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
            throw new BadDataException($"--out {file} cannot be written: it is a directory, or its directory does not exist.");
        if (File.Exists(file))
            throw new BadDataException($"--out {file} exists already. Choose another name, or delete it first.");
        AtomicFile.WriteAllText(file, text);
        return ExitCodes.Success;
    }
}
