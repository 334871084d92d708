using System.Text;
using System.Text.RegularExpressions;

namespace Lethe.Conventions.Tests;

/// <summary>The Markdown files of the checkout, their code blocks and links.</summary>
internal static partial class DocumentationFiles
{
    public static IReadOnlyList<string> All { get; } =
        [.. Directory.EnumerateFiles(Repository.Root, "*.md").Select(file => Path.GetFileName(file)).Concat(Repository.Files("docs", "*.md"))];

    /// <summary>The content of the fenced blocks of one language.</summary>
    public static IEnumerable<string> Blocks(string file, string language) =>
        Fence().Matches(Repository.Read(file))
            .Where(match => match.Groups["language"].Value == language)
            .Select(match => match.Groups["code"].Value);

    /// <summary>The arguments of every line that starts the program, comments left out.</summary>
    public static IEnumerable<(string Line, string[] Arguments)> Commands(string file) =>
        Blocks(file, "sh").SelectMany(block => block.Split('\n'))
            .Select(line => line.Trim())
            .Where(line => Start().IsMatch(line))
            .Select(line => (line, Words(line)[1..]));

    public static IEnumerable<string> LocalLinks(string file) =>
        Link().Matches(Fence().Replace(Repository.Read(file), "")).Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Select(target => target.Split('#')[0]);

    /// <summary>Splits a line as a shell does: blanks, single and double quotes, comments.</summary>
    private static string[] Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        var open = false;
        foreach (var character in line + " ")
        {
            if (quote != '\0')
            {
                if (character == quote)
                {
                    quote = '\0';
                }
                else
                {
                    word.Append(character);
                }
            }
            else if (character is '\'' or '"')
            {
                (quote, open) = (character, true);
            }
            else if (character == ' ')
            {
                if (open)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
                open = false;
            }
            else if (character == '#' && !open)
            {
                break;
            }
            else
            {
                word.Append(character);
                open = true;
            }
        }

        return [.. words];
    }

    [GeneratedRegex(@"^```(?<language>\w*)[^\n]*\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^(\./)?lethe\b")]
    private static partial Regex Start();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
