namespace Lethe.Torch.Optim;

/// <summary>Learning rates as pure functions of the epoch (or block, or step), which counts from 0.</summary>
public static class Schedules
{
    /// <summary>Multiplies by <paramref name="gamma"/> every <paramref name="stepSize"/> epochs.</summary>
    public static double Step(double initial, long epoch, long stepSize, double gamma) =>
        initial * Math.Pow(gamma, Math.Floor((double)epoch / stepSize));

    /// <summary>Multiplies by <paramref name="gamma"/> at each milestone (once more for every repetition of it in the list).</summary>
    public static double MultiStep(double initial, long epoch, IEnumerable<long> milestones, double gamma) =>
        initial * Math.Pow(gamma, milestones.Count(milestone => milestone <= epoch));

    /// <summary>Multiplies by <paramref name="gamma"/> every epoch.</summary>
    public static double Exponential(double initial, long epoch, double gamma) => initial * Math.Pow(gamma, epoch);

    /// <summary>Follows half a cosine wave down to <paramref name="minimum"/> in <paramref name="length"/> epochs, and up again after them.</summary>
    public static double CosineAnnealing(double initial, long epoch, double length, double minimum = 0) =>
        minimum + ((initial - minimum) * (1 + Math.Cos(Math.PI * epoch / length)) / 2);

    /// <summary>Moves the factor of the rate linearly from <paramref name="startFactor"/> to <paramref name="endFactor"/> in <paramref name="length"/> epochs, then keeps it.</summary>
    public static double Linear(double initial, long epoch, double startFactor, double endFactor, long length) =>
        initial * (startFactor + ((endFactor - startFactor) * Math.Min(epoch, length) / length));
}
