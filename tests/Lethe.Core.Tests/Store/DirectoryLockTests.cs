using System.Diagnostics;
using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Core.Store;

namespace Lethe.Core.Tests.Store;

public class DirectoryLockTests
{
    [Fact]
    public void Second_owner_is_refused_by_the_first_one_s_process_id_until_it_lets_go()
    {
        using var directory = new TemporaryDirectory();
        using (DirectoryLock.Acquire(directory.Path))
        {
            var error = Assert.Throws<RunInUseException>(() => DirectoryLock.Acquire(directory.Path));
            Assert.Contains($"process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}:", error.Message, StringComparison.Ordinal);
        }
        DirectoryLock.Acquire(directory.Path).Dispose();
    }

    [Fact]
    public void Disposing_twice_does_not_release_a_later_owner()
    {
        using var directory = new TemporaryDirectory();
        var first = DirectoryLock.Acquire(directory.Path);
        first.Dispose();
        using var second = DirectoryLock.Acquire(directory.Path);
        first.Dispose();
        Assert.Throws<RunInUseException>(() => DirectoryLock.Acquire(directory.Path));
    }

    [Fact]
    public void Missing_directory_is_bad_data() =>
        Assert.Throws<BadDataException>(() => DirectoryLock.Acquire("/nowhere/at/all"));

    [Fact]
    public void Lock_holds_against_other_processes()
    {
        using var directory = new TemporaryDirectory();
        using (DirectoryLock.Acquire(directory.Path))
            Assert.Equal(1, ExitCode(Flock("--nonblock", directory["lock"], "true")));
        Assert.Equal(0, ExitCode(Flock("--nonblock", directory["lock"], "true")));
    }

    [Fact]
    public void Lock_of_a_killed_process_is_free()
    {
        using var directory = new TemporaryDirectory();
        DirectoryLock.Acquire(directory.Path).Dispose();
        using var owner = Flock("--no-fork", directory["lock"], "cat");
        owner.StandardInput.WriteLine("locked");
        owner.StandardInput.Flush();
        Assert.Equal("locked", owner.StandardOutput.ReadLine());
        Assert.Throws<RunInUseException>(() => DirectoryLock.Acquire(directory.Path));
        owner.Kill();
        owner.WaitForExit();
        DirectoryLock.Acquire(directory.Path).Dispose();
    }

    private static int ExitCode(Process process)
    {
        using (process)
        {
            process.WaitForExit();
            return process.ExitCode;
        }
    }

    private static Process Flock(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("flock", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
}
