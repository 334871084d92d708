using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using Lethe.Cli.Commands;
using Lethe.Cli.Rendering;
using Lethe.Core.Errors;

namespace Lethe.Cli.CommandLine;

/// <summary>Parses the arguments, runs the command, and turns every way to fail into one line and an exit code.</summary>
internal static class CommandHost
{
    private const string DebugVariable = "LETHE_DEBUG";

    public static int Run(string[] args)
    {
        var root = CommandTree.Create();
        var parser = new ParserConfiguration { ResponseFileTokenReplacer = null };
        var parsed = root.Parse(args, parser);
        if (parsed.Errors.Count > 0 && VerifyCommand.WithRunFirst(args) is { } reordered)
            parsed = root.Parse(reordered, parser);
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction)
        {
            Fail(UsageText.Explain(parsed));
            return ExitCodes.Usage;
        }

        using var cancellation = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Cancel(signal, cancellation));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Cancel(signal, cancellation));
        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return parsed.InvokeAsync(configuration, cancellation.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException stopped)
        {
            Fail("Stopped. " + Continuation.After(parsed, stopped));
            return ExitCodes.Cancelled;
        }
        catch (LetheException exception)
        {
            Fail(exception.Message);
            Debug(exception);
            return exception.ExitCode;
        }
        catch (Exception exception)
        {
            Fail($"{FirstLine(exception)} (set {DebugVariable}=1 to see where)");
            Debug(exception);
            return ExitCodes.Failure;
        }
    }

    private static void Cancel(PosixSignalContext signal, CancellationTokenSource cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return;
        signal.Cancel = true;
        cancellation.Cancel();
    }

    private static void Fail(string message) => Console.Error.WriteLine("lethe: " + message);

    private static void Debug(Exception exception)
    {
        if (Environment.GetEnvironmentVariable(DebugVariable) == "1")
            Console.Error.WriteLine(exception);
    }

    private static string FirstLine(Exception exception)
    {
        var cause = exception is TypeInitializationException or System.Reflection.TargetInvocationException && exception.InnerException is { } inner ? inner : exception;
        return cause.Message.Split('\n', 2)[0].TrimEnd('\r');
    }
}
