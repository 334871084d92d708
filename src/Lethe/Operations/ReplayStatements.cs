using System.Globalization;
using Lethe.Core.Steps;
using Lethe.Reports;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Says what a replay proves and what it does not.</summary>
internal static class ReplayStatements
{
    public static ReplayReport Complete(ReplayReport report, Run run, IReadOnlyList<CheckpointLineage> lineage)
    {
        bool exact = lineage.Count == run.BlockCount + 1 && lineage.All(one => one.IsUnbroken) && ReplayConsistency.ServesLastCheckpoint(run) == true;
        return report with
        {
            Proves = report.Equal ? [.. Proves(report, exact)] : [],
            DoesNotProve = [.. DoesNotProve(report, run, lineage, exact)],
        };
    }

    private static IEnumerable<string> Proves(ReplayReport report, bool exact)
    {
        string without = report.Forgotten == 0
            ? ""
            : $" without the {Wording.Count(report.Forgotten, "forgotten record", "forgotten records")}, whose samples and labels were blanked before the first step and whose slots stayed empty";
        if (report.Steps.Count < report.Available)
            yield return $"{Wording.Whole(report.Steps.Count)} of {Wording.Count(report.Available, "step", "steps")} gave the recorded bits again{without}.";
        else if (exact)
            yield return $"The served model {report.Served.Short} is, bit by bit, what its recipe gives from the initial weights on{without}: all {Wording.Count(report.Available, "step", "steps")} were executed again.";
        else
            yield return $"All {Wording.Count(report.Available, "step", "steps")} that can be executed again gave the recorded bits{without}: checkpoints {BlockRanges.Text(report.Steps.Select(step => step.Block))}.";
        if (report.Key is not null && report.Steps.Count < report.Available)
        {
            int trained = report.Available - report.Steps.Count(step => step.Kind == StepKind.Initial);
            double chance = (double)report.Steps.Count(step => step.Kind == StepKind.Trained) / trained;
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The steps were chosen by a key: one false step would have been found with probability {chance:0.####}, if nobody knew the key when the steps were recorded.");
        }
    }

    private static IEnumerable<string> DoesNotProve(ReplayReport report, Run run, IReadOnlyList<CheckpointLineage> lineage, bool exact)
    {
        if (report.Steps.Count < report.Available)
            yield return "Steps that were not executed are not proven; --all executes them.";
        int[] derived = [.. lineage.Where(one => !one.IsUnbroken).Select(one => one.Block)];
        if (!exact)
        {
            string what = derived.Length == 0 ? "The served model" : $"Checkpoints {BlockRanges.Text(derived)} and the served model";
            yield return $"{what} were stitched or edited, or trained from such models: how near they are to a model without the records is a matter of measures (lethe verify), not of replay.";
        }

        if (report.Forgotten > 0)
            yield return "The recipe's normalisation and the partition were made from all records at the first training; replay takes both as given.";
        if (run.Recipe.InitialWeights is not null)
            yield return "Training began from weights that were made elsewhere; what these learnt there is not in question here.";
        yield return "That no copy of the data or of an earlier model exists elsewhere cannot be shown by computing.";
    }
}
