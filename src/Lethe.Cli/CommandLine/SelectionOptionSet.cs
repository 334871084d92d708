using System.CommandLine;
using Lethe.Core.Errors;

namespace Lethe.Cli.CommandLine;

/// <summary>The four ways to say which records to forget.</summary>
internal sealed class SelectionOptionSet
{
    private readonly Option<string?> _records = new("--records") { Description = "Record numbers and ranges, or @FILE with one a line.", HelpName = "17,23,40-50" };
    private readonly Option<string?> _subjects = new("--subjects") { Description = "People by identifier, or @FILE with one a line.", HelpName = "A,B" };
    private readonly Option<string?> _classes = new("--classes") { Description = "Classes by index or name, or @FILE with one a line.", HelpName = "0,coat" };
    private readonly Option<string?> _where = new("--where") { Description = "SQL predicate over the data's columns (see `lethe data describe`).", HelpName = "SQL" };

    public void AddTo(Command command)
    {
        command.Options.Add(_records);
        command.Options.Add(_subjects);
        command.Options.Add(_classes);
        command.Options.Add(_where);
    }

    public RecordSelection Read(ParseResult parsed)
    {
        var selection = new RecordSelection
        {
            Records = parsed.GetValue(_records),
            Subjects = parsed.GetValue(_subjects),
            Classes = parsed.GetValue(_classes),
            Where = parsed.GetValue(_where),
        };
        int given = new[] { selection.Records, selection.Subjects, selection.Classes, selection.Where }.Count(text => text is not null);
        return given == 1
            ? selection
            : throw new UsageException($"Say which records by exactly one of --records, --subjects, --classes and --where; {(given == 0 ? "none was" : $"{given} were")} given.");
    }
}
