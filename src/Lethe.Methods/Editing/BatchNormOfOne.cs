namespace Lethe.Methods.Editing;

/// <summary>Batch normalisation in training mode cannot work on a single record: one value has no variance.</summary>
internal static class BatchNormOfOne
{
    /// <summary>Why a method that puts D_f alone through the model in training mode cannot serve the task, or null.</summary>
    public static string? Refusal(EditTask task)
    {
        if (task.Forgotten.Count > 1) return null;
        return HasBatchNorm(task)
            ? $"{task.Method.Name} puts the records to forget through the model in training mode, and this model's batch normalisation needs two or more of them: forget more records together, or choose another method."
            : null;
    }

    /// <summary>Why batches of the given size cannot go through the model in training mode, or null.</summary>
    public static string? RefusalOfBatches(EditTask task) =>
        task.Method.Options.FirstOrDefault(option => option.Name.EndsWith("batch-size", StringComparison.Ordinal) && task.Options.WholeOrNull(option) == 1) is { } size && HasBatchNorm(task)
            ? $"--{size.Name} 1 puts single records through the model in training mode, and this model's batch normalisation needs two or more: give --{size.Name} 2 or more."
            : null;

    private static bool HasBatchNorm(EditTask task)
    {
        using var module = task.Run.CreateModel();
        return module.named_buffers().Any(entry => entry.name.EndsWith("running_mean", StringComparison.Ordinal));
    }
}
