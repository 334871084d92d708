using System.CommandLine;
using Lethe.Methods.Options;

namespace Lethe.Cli.CommandLine;

/// <summary>The options that methods declare, as options of a command. Hidden in its help: `lethe methods` explains them method by method.</summary>
internal sealed class MethodOptionSet
{
    private readonly List<Option<string?>> _values = [];
    private readonly List<Option<bool>> _flags = [];

    public MethodOptionSet()
    {
        foreach (var group in LetheEngine.DescribeMethods().SelectMany(method => method.Options).GroupBy(option => option.Name))
        {
            if (group.First().Kind == OptionKind.Flag)
                _flags.Add(new Option<bool>("--" + group.Key) { Hidden = true });
            else
                _values.Add(new Option<string?>("--" + group.Key) { Hidden = true });
        }
    }

    public void AddTo(Command command)
    {
        foreach (var option in _values) command.Options.Add(option);
        foreach (var option in _flags) command.Options.Add(option);
    }

    /// <summary>What was given, by name without dashes.</summary>
    public IReadOnlyDictionary<string, string> Read(ParseResult parsed)
    {
        var settings = new Dictionary<string, string>();
        foreach (var option in _values)
            if (parsed.GetValue(option) is { } value) settings[option.Name[2..]] = value;
        foreach (var option in _flags)
            if (parsed.GetValue(option)) settings[option.Name[2..]] = "true";
        return settings;
    }
}
