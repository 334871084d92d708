using Lethe.Core.Tests;
using Lethe.Reports;

namespace Lethe.Tests.Reports;

public sealed class BrowserTests
{
    [Fact]
    public void The_verification_page_fits_narrow_and_wide_windows() =>
        Assert.All(Browser.Overflow(VerificationHtml.Render(SampleVerification.Create()), 420, 1280), pixels => Assert.InRange(pixels, -1280, 0));
}
