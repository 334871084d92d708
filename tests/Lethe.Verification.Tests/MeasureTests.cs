using Lethe.Core.Numerics;
using Lethe.Core.Plans;

namespace Lethe.Verification.Tests;

public sealed class MeasureTests
{
    [Fact]
    public void Divergence_is_0_for_equal_and_ln2_for_disjoint_outputs()
    {
        float[,] left = { { 1, 0 }, { 0, 1 } }, right = { { 0, 1 }, { 1, 0 } };
        Assert.Equal(0, PredictionDivergence.Mean(left, left));
        Assert.Equal(Math.Log(2), PredictionDivergence.Mean(left, right), 12);
    }

    [Fact]
    public void Membership_attack_is_at_chance_where_losses_are_alike()
    {
        var attack = MembershipInference.Attack(Losses(1000, 0, 1), Losses(1000, 0, 2), seed: 3);
        Assert.InRange(attack.Accuracy, 0.45, 0.55);
        Assert.Equal(2000, attack.Records);
        Assert.Equal(Math.Sqrt(attack.Accuracy * (1 - attack.Accuracy) / 2000), attack.StandardError, 12);
    }

    [Fact]
    public void Membership_attack_reaches_the_best_threshold_of_two_shifted_normals()
    {
        var attack = MembershipInference.Attack(Losses(4000, 0, 1), Losses(4000, 2, 2), seed: 3);
        Assert.InRange(attack.Accuracy, 0.841 - 0.015, 0.841 + 0.015); // Φ(1)
        Assert.Equal(attack.Accuracy - 0.5, attack.ForgettingScore, 12);
    }

    [Fact]
    public void Membership_attack_balances_the_sides_and_is_a_function_of_the_seed()
    {
        float[] members = Losses(37, 0, 1), unseen = Losses(900, 1, 2);
        var attack = MembershipInference.Attack(members, unseen, seed: 5);
        Assert.Equal(74, attack.Records);
        Assert.Equal(attack, MembershipInference.Attack(members, unseen, seed: 5));
        Assert.NotEqual(attack, MembershipInference.Attack(members, unseen, seed: 6));
    }

    [Fact]
    public void Membership_attack_with_too_few_records_says_nothing() =>
        Assert.True(double.IsNaN(MembershipInference.Attack([1, 2, 3], [1, 2, 3, 4, 5, 6], 1).Accuracy));

    [Fact]
    public void Separable_losses_and_infinite_ones_are_no_problem()
    {
        var attack = MembershipInference.Attack(
            [.. Enumerable.Repeat(0.1f, 50)], [.. Enumerable.Repeat(float.PositiveInfinity, 50)], seed: 1);
        Assert.Equal(1, attack.Accuracy);
    }

    [Fact]
    public void Gold_spread_is_mean_plus_minus_two_deviations_and_two_sided()
    {
        double[] golds = [0.98, 0.99, 1.00];
        var spread = GoldSpread.Of(golds)!;
        Assert.Equal(0.97, spread.Low, 12);
        Assert.Equal(1.01, spread.High, 12);
        Assert.True(GoldSpread.WithinGold(0.975, golds));
        Assert.False(GoldSpread.WithinGold(0.96, golds));
        Assert.False(GoldSpread.WithinGold(1.02, golds));
        Assert.Null(GoldSpread.WithinGold(0.99, [0.99]));
    }

    [Fact]
    public void Residual_memory_over_the_floor() =>
        Assert.Equal([0.5, 0, double.PositiveInfinity], ResidualMemory.OverFloor([1, 0, 3], [2, 0, 0]));

    [Fact]
    public void Cost_ratio_is_reference_over_method()
    {
        var ratio = CostRatio.SpeedUp(new CostAccount(1000, 10, 0, 0), new CostAccount(10, 0.5, 0, 0));
        Assert.Equal((100, 20), (ratio.Samples, ratio.Seconds));
        Assert.Equal(double.PositiveInfinity, CostRatio.SpeedUp(new CostAccount(1, 1, 0, 0), CostAccount.Zero).Samples);
    }

    [Fact]
    public void Half_the_way_to_gold_is_a_ratio_of_one_half() =>
        Assert.Equal(0.5, ParameterDistance.RelativeToDoingNothing(Model(2), Model(3), Model(1)), 12);

    [Fact]
    public void Results_of_different_records_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Agreement.Between([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => PredictionDivergence.Mean(new float[1, 2], new float[1, 3]));
        Assert.Throws<ArgumentException>(() => ParameterDistance.Between(
            new Dictionary<string, float[]> { ["a"] = [1] }, new Dictionary<string, float[]> { ["a"] = [1, 2] }));
    }

    [Fact]
    public void Accuracy_of_no_records_is_not_a_number()
    {
        Assert.True(double.IsNaN(ClassAccuracy.Total([], [])));
        Assert.True(double.IsNaN(ClassAccuracy.ByClass([0], [0], 2)[1]));
        Assert.Equal(0.5, ClassAccuracy.Restricted([0, 1, 1], [0, 0, 1], new HashSet<int> { 1 }, inside: false));
    }

    private static Dictionary<string, float[]> Model(float value) => new() { ["w"] = [value, -value] };

    private static float[] Losses(int count, double mean, ulong seed)
    {
        var random = new CounterRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(mean + random.NextNormal()))];
    }
}
