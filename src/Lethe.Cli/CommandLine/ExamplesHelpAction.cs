using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Lethe.Cli.CommandLine;

/// <summary>The library's help, followed by the command's notes and examples.</summary>
internal sealed class ExamplesHelpAction(HelpAction help) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        // The library names the root after the assembly; users know it as lethe.
        var configuration = parseResult.InvocationConfiguration;
        var target = configuration.Output;
        var text = new StringWriter();
        configuration.Output = text;
        int status = help.Invoke(parseResult);
        configuration.Output = target;
        target.Write(text.ToString().Replace(parseResult.RootCommandResult.Command.Name + " ", "lethe ", StringComparison.Ordinal));
        if (parseResult.CommandResult.Command is not IExplained explained)
            return status;
        var output = parseResult.InvocationConfiguration.Output;
        if (explained.Notes is { } notes)
            output.WriteLine(notes + "\n");
        output.WriteLine("Examples:");
        foreach (string example in explained.Examples)
            output.WriteLine("  " + example);
        output.WriteLine();
        return status;
    }

    public static void Install(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new ExamplesHelpAction((HelpAction)option.Action!);
    }
}

/// <summary>A command that explains itself beyond the list of its options.</summary>
internal interface IExplained
{
    /// <summary>Command lines that work as they are, or with the reader's own names.</summary>
    IReadOnlyList<string> Examples { get; }

    /// <summary>More text below the options, or null.</summary>
    string? Notes => null;
}
