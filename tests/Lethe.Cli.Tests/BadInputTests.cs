using System.Text.Json;
using Lethe.Core.Records;

namespace Lethe.Cli.Tests;

public sealed class BadInputTests(TinyRun tiny)
{
    [Theory]
    [InlineData("--records", "240", "0 to 239")]
    [InlineData("--records", "-1", "0 to 239")]
    [InlineData("--subjects", "nobody", "p0")]
    [InlineData("--classes", "horse", "cat")]
    [InlineData("--where", "age > 1000", "empty")]
    [InlineData("--records", "@/no/such/file", "/no/such/file")]
    [InlineData("--records", "", "empty")]
    [InlineData("--records", "@/dev/null", "empty")]
    public void What_does_not_exist_exits_3_names_what_does_and_writes_nothing(string option, string value, string word)
    {
        string run = tiny.CopyRun();
        var before = State(run);
        CliProcess.Run("forget", run, option, value).FailsAtOnce(3, word);
        CliProcess.Run("plan", run, option, value).FailsAtOnce(3, word);
        Assert.Equal(before, State(run));
    }

    [Theory]
    [InlineData("--records", "1,x")]
    [InlineData("--where", "no_such_column = 1")]
    public void What_cannot_be_understood_exits_2(string option, string value) =>
        CliProcess.Run("plan", tiny.RunPath, option, value).FailsCleanly(2);

    [Fact]
    public void A_directory_that_is_no_run_exits_3()
    {
        foreach (string command in new[] { "inspect", "verify" })
            CliProcess.Run(command, tiny.Root).FailsCleanly(3, tiny.Root);
    }

    [Fact]
    public void A_taken_directory_exits_3() => CliProcess.Run(tiny.TrainArguments(tiny.RunPath)).FailsCleanly(3, tiny.RunPath);

    [Fact]
    public void A_run_that_has_forgotten_nothing_cannot_be_verified() => CliProcess.Run("verify", tiny.CopyRun()).FailsCleanly(3, "lethe forget");

    [Fact]
    public void One_flipped_bit_in_a_checkpoint_exits_4_and_changes_nothing()
    {
        string run = tiny.CopyRun(), exported = tiny.Fresh();
        string served = JsonDocument.Parse(tiny.Training.Output).RootElement.GetProperty("digest").GetString()!;
        string path = Path.Combine(run, "objects", served[..2], served[2..]);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        string index = File.ReadAllText(Path.Combine(run, "index.json"));
        CliProcess.Run("export", run, "--format", "safetensors", "--out", exported).FailsAtOnce(4, path);
        CliProcess.Run("forget", run, "--records", "1", "--quiet").FailsAtOnce(4, path);
        Assert.False(File.Exists(exported));
        Assert.Equal(index, File.ReadAllText(Path.Combine(run, "index.json")));
    }

    [Fact]
    public void A_run_in_use_exits_3_and_stays_as_it_is()
    {
        string run = tiny.CopyRun();
        var before = State(run);
        using (new FileStream(Path.Combine(run, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            CliProcess.Run("forget", run, "--records", "1").FailsAtOnce(3, run);
            CliProcess.Run("verify", run).FailsAtOnce(3, run);
            CliProcess.Run("train", "--resume", run).FailsAtOnce(3, run);
            CliProcess.Run("inspect", run).Exits(0);
        }

        Assert.Equal(before, State(run));
        CliProcess.Run("forget", run, "--records", "1", "--quiet", "--no-measure", "--serve").Exits(0);
    }

    [Fact]
    public void A_hostile_safetensors_file_exits_3_by_name()
    {
        string run = tiny.CopyRun(), index = Path.Combine(run, "index.json"), exported = tiny.Fresh();
        string served = JsonDocument.Parse(tiny.Training.Output).RootElement.GetProperty("digest").GetString()!;
        byte[] overlapping = [.. """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"""u8];
        foreach (var (bytes, word) in new (byte[], string)[]
        {
            ([0, 0, 0, 0, 0, 0, 0, 0x80, (byte)'{', (byte)'}'], "9223372036854775808"),
            ([.. BitConverter.GetBytes((long)overlapping.Length), .. overlapping, .. new byte[12]], "overlap"),
        })
        {
            string hostile = Digest.Of(bytes).ToString(), path = Path.Combine(run, "objects", hostile[..2], hostile[2..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
            ReplaceInIndex(index, served, hostile);
            served = hostile;
            CliProcess.Run("export", run, "--format", "safetensors", "--out", exported).FailsAtOnce(3, hostile, word);
            Assert.False(File.Exists(exported));
        }
    }

    /// <summary>Changes a run's index as an attacker would: with the digest that it carries of itself.</summary>
    private static void ReplaceInIndex(string path, string digest, string by)
    {
        const string Start = ",\"index\":";
        string text = File.ReadAllText(path).Replace(digest, by, StringComparison.Ordinal).TrimEnd();
        string index = text[(text.IndexOf(Start, StringComparison.Ordinal) + Start.Length)..^1];
        string own = Digest.Of(System.Text.Encoding.UTF8.GetBytes(index)).ToString();
        File.WriteAllText(path, $"{{\"digest\":\"{own}\"{Start}{index}}}\n");
    }

    [Fact]
    public void The_demo_does_not_replace_what_is_not_its_own() => CliProcess.Run("demo", "--out", tiny.Root).FailsCleanly(3, "--out");

    private static string[] State(string directory) =>
    [
        .. Directory.GetFiles(directory, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "lock").Order(StringComparer.Ordinal)
            .Select(path => $"{path} {Digest.Of(File.ReadAllBytes(path))}"),
    ];
}
