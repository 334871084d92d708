using FsCheck.Fluent;

namespace Lethe.Core.Tests;

public class PropertyTests
{
    [Fact]
    public void A_false_property_fails_the_test() =>
        Assert.ThrowsAny<Exception>(() => Property.Holds(Gen.Choose(0, 1000), n => Assert.True(n < 900)));
}
