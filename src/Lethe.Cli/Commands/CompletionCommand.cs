using System.CommandLine;
using Lethe.Cli.CommandLine;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe completion SHELL</c>: prints a script that completes commands and options.</summary>
internal sealed class CompletionCommand : Command, IExplained
{
    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh or fish." };

    public CompletionCommand() : base("completion", "Prints a script that completes lethe's commands and options in your shell.")
    {
        _shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Arguments.Add(_shell);
        SetAction(parsed => parsed.InvocationConfiguration.Output.Write(parsed.GetRequiredValue(_shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish }));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "source <(lethe completion bash)",
        "lethe completion zsh > ~/.zfunc/_lethe",
        "lethe completion fish > ~/.config/fish/completions/lethe.fish",
    ];

    private const string Bash = """
        _lethe() {
            local line="${COMP_LINE:0:COMP_POINT}" words
            words="$("${COMP_WORDS[0]}" "[suggest:$(( ${#line} - ${#COMP_WORDS[0]} - 1 ))]" "${line#* }" 2>/dev/null)"
            COMPREPLY=( $(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}") )
        }
        complete -o default -F _lethe lethe ./lethe

        """;

    private const string Zsh = """
        #compdef lethe
        _lethe() {
            local -a found
            found=( ${(f)"$("${words[1]}" "[suggest:$(( ${#${words[2,CURRENT]}} ))]" "${words[2,CURRENT]}" 2>/dev/null)"} )
            compadd -a found || _files
        }
        compdef _lethe lethe

        """;

    private const string Fish = """
        complete -c lethe -a '(set -l line (commandline -cp | string replace -r "^\S+ ?" ""); lethe "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)'

        """;
}
