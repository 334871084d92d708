using Lethe.Training.Datasets;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>How many workers can train models of a run at the same time.</summary>
internal static class WorkerCount
{
    /// <summary>What a worker takes besides its copies of data and model: the engine and a batch's intermediate results.</summary>
    private const long WorkerBytes = 600L << 20;

    private const int CopiesOfData = 2;

    /// <summary>Weights, gradients, the optimizer's memory and the checkpoint that is written.</summary>
    private const int CopiesOfModel = 4;

    /// <summary>As many as are asked for, or as there are cores for the run's threads, one on a GPU; fewer where the memory that is free now allows no more.</summary>
    public static int Of(ShardWorkers workers, Run run, TensorDataset data)
    {
        using var member = run.CreateMember();
        var model = member.parameters().Sum(parameter => parameter.numel()) * sizeof(float);
        var each = WorkerBytes + CopiesOfData * data.Samples.numel() * (data.IsImage ? 1 : sizeof(float)) + CopiesOfModel * model;
        var most = workers.Most ?? (run.Recipe.Device == "cpu" ? Math.Max(1, Environment.ProcessorCount / run.Recipe.Threads) : 1);
        return (int)Math.Clamp(AvailableMemory.Bytes / each, 1, most);
    }
}
