using Lethe.Core.Errors;

namespace Lethe.Core.Tests.Errors;

public class ExitCodeTests
{
    [Fact]
    public void Every_kind_of_error_has_its_exit_code()
    {
        Assert.Equal(1, new LetheException("x").ExitCode);
        Assert.Equal(2, new UsageException("x").ExitCode);
        Assert.Equal(3, new BadDataException("x").ExitCode);
        Assert.Equal(3, new RunInUseException("x").ExitCode);
        Assert.Equal(4, new StoreDamagedException("x").ExitCode);
    }
}
