using System.CommandLine;
using Lethe.Cli.CommandLine;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe shard-worker RUN SHARD</c>: what `lethe train --scheme sisa` starts for each shard. It ends when its standard input does.</summary>
internal sealed class ShardWorkerCommand : Command
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Argument<int> _shard = new("SHARD") { Description = "The shard, from 1." };
    private readonly Option<bool> _force = CommonOptions.ForceProfile();

    public ShardWorkerCommand() : base("shard-worker", "Trains one shard for the process that started it.")
    {
        Hidden = true;
        Arguments.Add(_run);
        Arguments.Add(_shard);
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
        new LetheEngine().TrainShard(parsed.GetRequiredValue(_run), parsed.GetValue(_shard), Console.Out.WriteLine, parsed.GetValue(_force), abandoned.Token);
        return ExitCodes.Success;
    }
}
