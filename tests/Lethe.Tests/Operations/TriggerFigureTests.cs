using Lethe.Operations;
using Lethe.Verification;

namespace Lethe.Tests.Operations;

public sealed class TriggerFigureTests
{
    [Fact]
    public void The_curve_of_power_ends_at_the_test_that_was_made()
    {
        BackdoorHitRate was = new(280, 300, 280 / 300.0, 0.9, 0.96), now = new(9, 300, 0.03, 0.01, 0.06);
        var test = BackdoorTest.Of(was, [now], 300);
        var figure = TriggerFigure.Of(new CanaryResult(was, now, [now], test, test.PValue(9), test.Judge(9)));
        Assert.Equal((1, 300), (figure.Power[0].Queries, figure.Power[^1].Queries));
        Assert.Equal(test.Rho, figure.Power[^1].Rho, 12);
        Assert.Equal((test.Threshold, 0.9, 0.06), (figure.Threshold, figure.WithData, figure.WithoutData));
        Assert.Equal("The trigger says: deleted.", figure.Outcome);
        Assert.Equal(0.03, figure.After.Rate, 12);
    }
}
