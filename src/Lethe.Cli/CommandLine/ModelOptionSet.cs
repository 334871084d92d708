using System.CommandLine;
using Lethe.Core.Errors;

namespace Lethe.Cli.CommandLine;

/// <summary>The option that sets options of a model.</summary>
internal static class ModelOptionSet
{
    public static Option<string[]> Create() => new("--model-option") { Description = "An option of the model, such as hidden=512,512; may be repeated.", HelpName = "NAME=VALUE" };

    /// <exception cref="UsageException">A text has another form.</exception>
    public static IReadOnlyDictionary<string, string> Read(ParseResult parsed, Option<string[]> option)
    {
        var options = new Dictionary<string, string>();
        foreach (string text in parsed.GetValue(option) ?? [])
        {
            int sign = text.IndexOf('=', StringComparison.Ordinal);
            if (sign < 1)
                throw new UsageException($"--model-option {text} must have the form NAME=VALUE.");
            options[text[..sign]] = text[(sign + 1)..];
        }

        return options;
    }
}
