using Lethe.Reports;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Warns of blocks too small to learn from, or to measure a noise floor with.</summary>
internal static class BlockSize
{
    public static IReadOnlyList<string> Notes(Run run)
    {
        int batch = run.Recipe.BatchSize;
        int mean = run.Dataset.Count / run.BlockCount;
        int blocks = Math.Max(1, run.Dataset.Count / (2 * batch));
        var notes = new List<string>();
        if (mean < batch && run.Recipe.Scheme is not (TrainingScheme.Plain or TrainingScheme.Imported))
        {
            (string part, string remedy) = run.Recipe.Scheme == TrainingScheme.Sisa
                ? ("slice", "Fewer shards or slices (--shards, --slices, with more --epochs)")
                : ("block", $"Fewer blocks (--blocks {blocks}, with more --epochs-per-block)");
            notes.Add($"a {part} holds only about {Wording.Count(mean, "record", "records")}, less than a batch of {batch}: the model may learn little. {remedy} learn better, but make forgetting dearer.");
        }
        if (FloorIsRounding(run))
            notes.Add($"every block fits into one batch of {batch}, so that another batch order changes nothing but rounding: the noise floor is no measure of training noise, and --stop floor retrains almost always to the last block. Train with --blocks {blocks} or fewer or with a smaller --batch-size, or forget with --stop fit or --method retrain.");
        return notes;
    }

    /// <summary>Whether the noise floor, which compares batch orders, has no second order to compare.</summary>
    public static bool FloorIsRounding(Run run) =>
        run.Recipe.Scheme == TrainingScheme.DeepObliviate && run.BlockCount > 1
        && Enumerable.Range(1, run.BlockCount).All(block => run.Partition.Block(block).Length <= run.Recipe.BatchSize);
}
