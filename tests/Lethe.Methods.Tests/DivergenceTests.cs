using Lethe.Core.Errors;
using Lethe.Methods.Options;

namespace Lethe.Methods.Tests;

public sealed class DivergenceTests
{
    [Fact]
    public void A_model_with_values_that_are_no_numbers_is_never_served()
    {
        using var fixture = SyntheticRun.Mlp();
        var before = fixture.Run.Index;
        var error = Assert.Throws<LetheException>(() => fixture.Execute("fine-tune", fixture.Request("r", 2, 4), MethodOptions.Of(("lr", "1e30"))));
        Assert.Contains("fine-tune diverged", error.Message, StringComparison.Ordinal);
        Assert.Same(before, fixture.Run.Index);
    }
}
