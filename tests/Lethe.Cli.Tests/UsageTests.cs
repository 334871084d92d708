using System.Text.Json;

namespace Lethe.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("trian", "train")]
    [InlineData("forgte", "forget")]
    [InlineData("train --blcoks 3", "--blocks")]
    [InlineData("forget run --record 3", "--records")]
    [InlineData("forget run --records 3 --method unsri", "unsir")]
    [InlineData("train --data fashion-mnist --model lenet6 --out x", "lenet5")]
    public void A_mistyped_word_exits_2_with_the_nearest_known_one(string line, string suggestion) =>
        CliProcess.Run(line.Split(' ')).FailsCleanly(2, $"Did you mean '{suggestion}'?", "--help");

    [Theory]
    [InlineData("plan")]
    [InlineData("train")]
    [InlineData("train --data fashion-mnist --model lenet6 --out x")]
    [InlineData("train --data nonsense:x --out x")]
    [InlineData("export run --format onnx --out x")]
    [InlineData("forget run")]
    [InlineData("forget run --records 1 --classes 2")]
    [InlineData("bench")]
    [InlineData("bench no-such-suite")]
    [InlineData("bench engine --redraw --seed 2")]
    [InlineData("bench engine --redraw --join part")]
    [InlineData("bench sisa --device tpu")]
    [InlineData("train --resume run --lr 3")]
    [InlineData("completion powershell")]
    [InlineData("data")]
    [InlineData("nonsense-without-likeness")]
    [InlineData("verify")]
    public void Wrong_usage_exits_2_with_one_message(string line) => CliProcess.Run(line.Split(' ')).FailsCleanly(2);

    [Theory]
    [InlineData("verify", "verify needs RUN: ")]
    [InlineData("withdraw run", "withdraw needs REQUEST: the request, as `lethe inspect` names it.")]
    [InlineData("promote run request-0001 --override", "--override needs REASON: serve it without a verdict")]
    [InlineData("forget run --records", "--records needs ")]
    [InlineData("export run --format onnx --out x", "--format is one of safetensors, torchscript, not 'onnx'.")]
    [InlineData("train --data fashion-mnist --out x --epochs many", "--epochs takes a whole number up to 2147483647, not 'many'.")]
    [InlineData("train --data fashion-mnist --out x --lr 0.1 --lr 0.2", "--lr is given 2 times: leave all but one out.")]
    [InlineData("train --data fashion-mnist --out x --seed -1", "--seed takes a whole number from 0 on, not '-1'.")]
    [InlineData("train --data fashion-mnist --out x --lr fast", "--lr takes a number such as 0.1, not 'fast'.")]
    [InlineData("train --data fashion-mnist --out x --lr 0,1", "--lr takes a number such as 0.1, not '0,1'.")]
    [InlineData("train --data fashion-mnist --out x --hold-out 0,1", "--hold-out takes a number such as 0.1, not '0,1'.")]
    [InlineData("bench sisa --join part --seeds 1", "--join measures nothing, so --seeds means nothing to it.")]
    [InlineData("bench u-lira --join one --join two", "u-lira is not repeated over seeds, so it has no parts to join.")]
    [InlineData("bench sisa --seed 18446744073709551615", "leaves no room for 3 seeds")]
    [InlineData("bench engine --seed 2", "engine takes no seed.")]
    [InlineData("bench u-lira --seeds 2", "u-lira is not repeated over seeds.")]
    [InlineData("bench sisa --seeds 0", "--seeds must be at least 1; it is 0.")]
    [InlineData("completion powershell", "SHELL is one of bash, fish, zsh, not 'powershell'.")]
    public void Wrong_usage_names_the_argument(string line, string message) => CliProcess.Run(line.Split(' ')).FailsCleanly(2, message);

    [Theory]
    [InlineData("")]
    [InlineData("demo")]
    [InlineData("data describe")]
    [InlineData("train")]
    [InlineData("plan")]
    [InlineData("forget")]
    [InlineData("verify")]
    [InlineData("inspect")]
    [InlineData("export")]
    [InlineData("bench")]
    [InlineData("completion")]
    public void Help_has_examples(string command)
    {
        var help = CliProcess.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).Exits(0);
        Assert.Contains("Examples:", help.Output, StringComparison.Ordinal);
        Assert.Contains("  lethe ", help.Output[help.Output.IndexOf("Examples:", StringComparison.Ordinal)..].Replace("source <(", "  ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("Lethe.Cli", help.Output, StringComparison.Ordinal);
        Assert.Empty(help.Error);
    }

    [Theory]
    [InlineData("bash", "complete -o default")]
    [InlineData("zsh", "#compdef lethe")]
    [InlineData("fish", "complete -c lethe")]
    public void Completion_scripts_are_printed(string shell, string part) =>
        Assert.Contains(part, CliProcess.Run("completion", shell).Exits(0).Output, StringComparison.Ordinal);

    [Fact]
    public void Words_are_suggested_to_the_shell()
    {
        var words = CliProcess.Run("[suggest:2]", "fo").Exits(0).Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("forget", words);
    }

    [Fact]
    public void Suites_are_listed_as_json() =>
        Assert.Equal(JsonValueKind.Array, JsonDocument.Parse(CliProcess.Run("bench", "--list", "--json").Exits(0).Output).RootElement.ValueKind);
}
