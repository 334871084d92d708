using System.CommandLine;

namespace Lethe.Cli.CommandLine;

/// <summary>The options that say who the records are about.</summary>
internal sealed class DataOptionSet
{
    private readonly Option<string?> _subjects = new("--subjects") { Description = "CSV file with the columns record and subject.", HelpName = "FILE" };
    private readonly Option<string?> _writers = new("--writers") { Description = "QMNIST label file: the writers become the subjects.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Options.Add(_subjects);
        command.Options.Add(_writers);
    }

    public DataRequest Read(ParseResult parsed, string source) =>
        new() { Source = source, SubjectsFile = parsed.GetValue(_subjects), WritersFile = parsed.GetValue(_writers) };
}
