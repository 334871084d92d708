using System.Collections.Concurrent;
using System.CommandLine;
using Lethe.Cli.CommandLine;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe shadow-worker RUN STORE</c>: what the shadow farm starts; trains one model for each line of its standard input and ends with it.</summary>
internal sealed class ShadowWorkerCommand : Command
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Argument<string> _store = new("STORE") { Description = "Where the answers of the models go." };
    private readonly Option<bool> _force = CommonOptions.ForceProfile();

    public ShadowWorkerCommand() : base("shadow-worker", "Trains shadow models for the process that started it.")
    {
        Hidden = true;
        Arguments.Add(_run);
        Arguments.Add(_store);
        Options.Add(_force);
        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var orders = new BlockingCollection<string>();
        var reader = Task.Run(
            () =>
            {
                while (Console.In.ReadLine() is { } order) orders.Add(order);
                orders.CompleteAdding();
                abandoned.Cancel(); // of no effect where the worker is idle: whoever started it has nothing more to do
            },
            CancellationToken.None);
        new LetheEngine().TrainShadows(
            parsed.GetRequiredValue(_run), parsed.GetRequiredValue(_store), orders.GetConsumingEnumerable(CancellationToken.None), Console.Out.WriteLine,
            parsed.GetValue(_force), abandoned.Token);
        reader.Wait(CancellationToken.None);
        return ExitCodes.Success;
    }
}
