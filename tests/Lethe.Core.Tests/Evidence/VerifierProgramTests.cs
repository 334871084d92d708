using System.Diagnostics;
using System.Runtime.InteropServices;
using Lethe.Core.Evidence;
using Lethe.Core.Records;
using Lethe.Core.Verdicts;

namespace Lethe.Core.Tests.Evidence;

/// <summary>The small verifier, alone in a folder, without anything in its environment; and a second opinion in Python.</summary>
public sealed class VerifierProgramTests : IDisposable
{
    private readonly CertifiedRun _run = new();
    private readonly string _bundle;

    public VerifierProgramTests()
    {
        _run.Judge();
        _run.Replay(4);
        var issued = _run.Issue();
        _bundle = _run["export"];
        SubjectProof.Export(issued, SubjectProof.Of(_run.Path, issued, [17]), _bundle);
    }

    [Fact]
    public void Works_alone_in_an_empty_folder()
    {
        var program = Alone();
        Assert.DoesNotContain(Directory.GetFiles(program), path => path.Contains("torch", StringComparison.OrdinalIgnoreCase));
        var (code, output) = Run(program, _bundle, "--run", _run.Path, "--trust", _run.KeyFile);
        Assert.Equal(0, code);
        Assert.Equal(_run.Verify(_bundle).ToText(), output);
        Assert.Contains("What this certificate does not prove:", output, StringComparison.Ordinal);

        var path = Path.Combine(_bundle, CertificateBundle.CertificateFile);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"requested\": 3", "\"requested\": 4", StringComparison.Ordinal));
        (code, output) = Run(program, _bundle);
        Assert.Equal(4, code);
        Assert.Contains("DAMAGED OR FALSE", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_is_wrong_with_its_arguments()
    {
        var program = Alone();
        Assert.Equal(2, Run(program).Code);
        Assert.Equal(2, Run(program, _bundle, "--what").Code);
        Assert.Equal(3, Run(program, _run.Path).Code);
        var (code, output) = Run(program, _bundle, "--run", _run["nowhere"]);
        Assert.Equal((3, $"lethe-evidence: There is no run at {_run["nowhere"]}"), (code, output.Split(": there")[0]));
        Assert.Contains("No certificate is named", Run(program, "verify").Output, StringComparison.Ordinal);
        Assert.Equal(0, Run(program, "verify", _bundle).Code);
        Assert.StartsWith("lethe-evidence [verify] CERTIFICATE", Run(program, "--help").Output, StringComparison.Ordinal);
    }

    /// <summary>The secret is its owner's alone; somebody else who checks the run is told so, and nothing is called damaged.</summary>
    [Fact]
    public void Secret_of_another_user_is_not_damage()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes");
        Assert.SkipUnless(Environment.UserName != "root" || File.Exists("/usr/bin/setpriv"), "root reads every file, and setpriv is not installed");
        var program = Alone();
        var secret = Path.Combine(_run.Path, RunSecret.FileName);
        Start("/bin/chmod", [], "a+rX", "-R", _run[""]);
        Start("/bin/chmod", [], Environment.UserName == "root" ? "0600" : "0000", secret);
        string[] verify = [Dotnet, Path.Combine(program, "lethe-evidence.dll"), _bundle, "--run", _run.Path, "--trust", _run.KeyFile];
        var (code, output) = Environment.UserName == "root"
            ? Start("/usr/bin/setpriv", [], ["--reuid=65534", "--regid=65534", "--clear-groups", .. verify])
            : Start(verify[0], [], verify[1..]);
        Assert.True(code == 0, output);
        Assert.Contains("not checked  run: statement: evidence.secret is not readable by this user", output, StringComparison.Ordinal);
        Assert.Contains("the operator can show both with --run", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Python_and_openssl_come_to_the_same_conclusion()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 is not installed");
        var script = Path.Combine(AppContext.BaseDirectory, "evidence.py");
        var (code, output) = Start("/usr/bin/python3", ["PATH=/usr/bin:/bin"], script, "check", _bundle, _run.Path);
        Assert.True(code == 0, output);
        foreach (var line in new[] { "record 17 is not left", "replay", "replay.json", "what allowed it (gate)" })
            Assert.Contains($"ok       {line}\n", output, StringComparison.Ordinal);

        var path = Path.Combine(_bundle, CertificateBundle.ProofFile);
        var proof = SubjectProof.FromBytes(File.ReadAllBytes(path));
        var record = proof.Records[0];
        var evidence = CertificateBundle.ReadUnchecked(_bundle).Evidence;
        var salt = Enumerable.Range(0, 100_000).Select(i => Digest.OfText($"try {i}"))
            .First(salt => record.Retained.Holds(RecordDigests.Of(evidence.Data, 17, salt), evidence.RetainedRoot, evidence.Retained));
        File.WriteAllBytes(path, (proof with { Records = [record with { Salt = salt, Requested = null }] }).ToBytes());
        (code, output) = Start("/usr/bin/python3", ["PATH=/usr/bin:/bin"], script, "check", _bundle);
        Assert.Equal(1, code);
        Assert.Contains("FAILED   record 17's salt is the one committed to", output, StringComparison.Ordinal);
        File.WriteAllBytes(path, proof.ToBytes());

        File.AppendAllText(Path.Combine(_bundle, "verdict.json"), " ");
        Assert.Equal(1, Start("/usr/bin/python3", ["PATH=/usr/bin:/bin"], script, "check", _bundle).Code);
    }

    [Theory]
    [InlineData("replay", 1, false, "A. \"Ann\" Miller", VerdictKind.Unverified)]
    [InlineData("what allowed it (override)", 4, true, "B. Smith", VerdictKind.Unverified)]
    [InlineData("what allowed it (override)", 4, true, "A. \"Ann\" Miller", VerdictKind.Complete)]
    public void Python_finds_what_the_issuer_states_otherwise_afterwards(string fails, int executed, bool equal, string by, VerdictKind verdict)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 is not installed");
        using var run = new CertifiedRun(promotion: new("override", "court order 12/26", "A. \"Ann\" Miller", VerdictKind.Unverified));
        run.Replay(executed, equal);
        var bundle = run.Issue();
        var script = Path.Combine(AppContext.BaseDirectory, "evidence.py");
        var (code, output) = Start("/usr/bin/python3", ["PATH=/usr/bin:/bin"], script, "check", bundle, run.Path);
        Assert.True(code == 0, output);
        run.Forge(bundle, evidence => evidence with { Replay = evidence.Replay! with { Same = 4, Executed = 4 }, Promotion = evidence.Promotion! with { By = by, Verdict = verdict } });
        (code, output) = Start("/usr/bin/python3", ["PATH=/usr/bin:/bin"], script, "check", bundle);
        Assert.Equal(1, code);
        Assert.Equal($"FAILED   {fails}", Assert.Single(output.Split('\n'), line => line.StartsWith("FAILED", StringComparison.Ordinal)));
    }

    public void Dispose() => _run.Dispose();

    private string Alone()
    {
        var built = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Lethe.Evidence", new DirectoryInfo(AppContext.BaseDirectory).Name));
        var folder = Directory.CreateDirectory(_run["program"]).FullName;
        foreach (var path in Directory.GetFiles(built))
            File.Copy(path, Path.Combine(folder, Path.GetFileName(path)), overwrite: true);
        return folder;
    }

    private static string Dotnet => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private static (int Code, string Output) Run(string program, params string[] arguments) =>
        Start(Dotnet, [], [Path.Combine(program, "lethe-evidence.dll"), .. arguments]);

    private static (int Code, string Output) Start(string file, string[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.GetFullPath(file), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var variable in environment)
            start.Environment[variable.Split('=')[0]] = variable.Split('=')[1];
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + (process.ExitCode is 0 or 4 ? "" : errors.Result));
    }
}
