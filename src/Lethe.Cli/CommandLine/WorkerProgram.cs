using Lethe.Core.Errors;

namespace Lethe.Cli.CommandLine;

/// <summary>This program as the one that workers run.</summary>
internal static class WorkerProgram
{
    /// <param name="most">The value of --processes; null: as many as cores and memory allow.</param>
    /// <exception cref="UsageException">It is below 1.</exception>
    public static ShardWorkers Of(int? most)
    {
        if (most < 1) throw new UsageException($"--processes {most}: there must be at least 1.");
        var program = Environment.ProcessPath!;
        return new ShardWorkers(program, Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(WorkerProgram).Assembly.Location] : [], most);
    }
}
