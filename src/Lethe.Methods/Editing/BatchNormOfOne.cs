namespace Lethe.Methods.Editing;

/// <summary>Batch normalisation in training mode cannot work on the only record of D_f: one value has no variance.</summary>
internal static class BatchNormOfOne
{
    /// <summary>Why a method that puts D_f alone through the model in training mode cannot serve the task, or null.</summary>
    public static string? Refusal(EditTask task)
    {
        if (task.Forgotten.Count > 1) return null;
        using var module = task.Run.CreateModel();
        return module.named_buffers().Any(entry => entry.name.EndsWith("running_mean", StringComparison.Ordinal))
            ? $"{task.Method.Name} puts the records to forget through the model in training mode, and this model's batch normalisation needs two or more of them: forget more records together, or choose another method."
            : null;
    }
}
