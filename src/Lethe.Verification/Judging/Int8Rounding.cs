using Lethe.Torch;
using Lethe.Training.Training;

namespace Lethe.Verification;

/// <summary>
/// Rounds weights as a quantised model holds them: eight bits, symmetric, one scale for each output channel. What an unlearning method hid
/// in small changes of the weights comes back when they are rounded away.
/// </summary>
public static class Int8Rounding
{
    private const int Levels = 127;

    /// <summary>A rounded copy: parameters of two or more dimensions on a grid of 255 steps a channel; biases, scales and buffers as they are.</summary>
    /// <param name="state">The model; it stays as it is.</param>
    public static StateDict Of(StateDict state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var rounded = state.Clone();
        foreach (var name in rounded.ParameterNames)
        {
            var tensor = rounded[name];
            if (tensor.shape.Length < 2) continue;
            var values = rounded.Values(name);
            Round(values, (int)tensor.shape[0]);
            using var noGrad = torch.no_grad();
            using var scope = torch.NewDisposeScope();
            tensor.copy_(torch.tensor(values).reshape(tensor.shape));
        }
        return rounded;
    }

    internal static void Round(Span<float> values, int channels)
    {
        var length = channels == 0 ? 0 : values.Length / channels;
        for (var channel = 0; channel < channels; channel++)
        {
            var row = values.Slice(channel * length, length);
            var largest = 0f;
            foreach (var value in row) largest = Math.Max(largest, Math.Abs(value));
            if (!float.IsFinite(largest) || largest == 0) continue;
            var scale = largest / Levels;
            for (var i = 0; i < row.Length; i++) row[i] = MathF.Round(row[i] / scale, MidpointRounding.ToEven) * scale;
        }
    }
}
