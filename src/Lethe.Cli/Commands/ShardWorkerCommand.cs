using System.CommandLine;
using Lethe.Cli.CommandLine;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe shard-worker RUN SHARD</c>: what `lethe train --scheme sisa` and `lethe forget` start for each shard. It ends when its standard input does.</summary>
internal sealed class ShardWorkerCommand : Command
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Argument<int> _shard = new("SHARD") { Description = "The shard, from 1." };
    private readonly Option<string?> _request = new("--request") { Description = "The request that it is retrained for; without, its missing slices are trained." };
    private readonly Option<bool> _force = CommonOptions.ForceProfile();

    public ShardWorkerCommand() : base("shard-worker", "Trains one shard for the process that started it.")
    {
        Hidden = true;
        Arguments.Add(_run);
        Arguments.Add(_shard);
        Options.Add(_request);
        Options.Add(_force);
        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _ = Task.Run(
            () =>
            {
                while (Console.In.Read() >= 0) { }
                abandoned.Cancel();
            },
            CancellationToken.None);
        var (engine, run, shard, force) = (new LetheEngine(), parsed.GetRequiredValue(_run), parsed.GetValue(_shard), parsed.GetValue(_force));
        if (parsed.GetValue(_request) is { } request) engine.RetrainShard(run, request, shard, Console.Out.WriteLine, force, abandoned.Token);
        else engine.TrainShard(run, shard, Console.Out.WriteLine, force, abandoned.Token);
        return ExitCodes.Success;
    }
}
