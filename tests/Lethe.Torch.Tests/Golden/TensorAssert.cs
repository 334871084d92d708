namespace Lethe.Torch.Tests.Golden;

/// <summary>Comparison of tensors within a tolerance.</summary>
internal static class TensorAssert
{
    public static void Close(Tensor expected, Tensor? actual, string what, double tolerance = 1e-5)
    {
        Assert.True(actual is not null, $"{what} is missing");
        Assert.Equal(expected.shape, actual.shape);
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        double[] left = expected.to(ScalarType.Float64).data<double>();
        double[] right = actual.to(ScalarType.Float64).data<double>();
        for (var i = 0; i < left.Length; i++)
        {
            Assert.True(
                Math.Abs(left[i] - right[i]) <= tolerance * (1 + Math.Abs(left[i])),
                $"{what}, element {i}: expected {left[i]:R}, got {right[i]:R}");
        }
    }
}
