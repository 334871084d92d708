using System.Diagnostics;
using System.Runtime.Versioning;

namespace Lethe.Conventions.Tests;

/// <summary>The scripts that users and the build machine start.</summary>
[SupportedOSPlatform("linux")]
public class LauncherTests
{
    public static TheoryData<string> Programs => ["lethe", "lethe-evidence", "test", ".ci/run", "setup/prepare.sh", "setup/native.sh"];

    public static TheoryData<string> Scripts =>
        [.. new[] { "lethe", "lethe-evidence", "test", ".ci/run" }.Concat(Repository.Files("setup", "*.sh"))];

    [Theory, MemberData(nameof(Programs))]
    public void CanBeStarted(string script)
    {
        var mode = File.GetUnixFileMode(Repository.PathOf(script));
        const UnixFileMode run = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        Assert.Equal(run, mode & run);
        Assert.StartsWith("#!/usr/bin/env bash\n", Repository.Read(script), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Scripts))]
    public void Parses(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-n", Repository.PathOf(script)]) { RedirectStandardError = true })!;
        var errors = bash.StandardError.ReadToEnd();
        bash.WaitForExit();
        Assert.True(bash.ExitCode == 0, errors);
    }
}
