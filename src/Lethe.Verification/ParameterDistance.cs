namespace Lethe.Verification;

/// <summary>How far two models' parameters lie apart; context only, since equal functions can have distant parameters.</summary>
/// <param name="L1">Σ |p − q|.</param>
/// <param name="L2">√Σ (p − q)².</param>
/// <param name="RelativeL1">L1 over the reference's Σ |q|; NaN when that is 0.</param>
/// <param name="RelativeL2">L2 over the reference's √Σ q²; NaN when that is 0.</param>
/// <param name="ByLayer">The same for each parameter by name; empty inside a layer's own entry.</param>
public sealed record ParameterDistance(
    double L1, double L2, double RelativeL1, double RelativeL2, IReadOnlyDictionary<string, ParameterDistance> ByLayer)
{
    private static readonly IReadOnlyDictionary<string, ParameterDistance> None = new Dictionary<string, ParameterDistance>();

    /// <summary>Distance of a model from a reference, in double precision.</summary>
    /// <param name="model">Flattened parameters by name.</param>
    /// <param name="reference">The same names and sizes.</param>
    /// <exception cref="ArgumentException">Names or sizes differ.</exception>
    public static ParameterDistance Between(IReadOnlyDictionary<string, float[]> model, IReadOnlyDictionary<string, float[]> reference)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(reference);
        if (model.Count != reference.Count) throw new ArgumentException("Only models of one architecture can be compared.");
        var total = new Sums();
        var layers = new SortedDictionary<string, ParameterDistance>(StringComparer.Ordinal);
        foreach (var (name, q) in reference)
        {
            if (!model.TryGetValue(name, out var p) || p.Length != q.Length)
                throw new ArgumentException($"Only models of one architecture can be compared: parameter '{name}' differs.");
            var layer = Sums.Of(p, q);
            layers[name] = layer.ToDistance(None);
            total = total.Plus(layer);
        }
        return total.ToDistance(layers);
    }

    /// <summary>‖P' − P*‖₁ / ‖P − P*‖₁: below 1, the unlearned model is closer to gold than the original is.</summary>
    /// <param name="unlearned">P', flattened parameters by name.</param>
    /// <param name="original">P, the model before forgetting.</param>
    /// <param name="gold">P*, a model trained without the records.</param>
    /// <exception cref="ArgumentException">Names or sizes differ.</exception>
    public static double RelativeToDoingNothing(
        IReadOnlyDictionary<string, float[]> unlearned, IReadOnlyDictionary<string, float[]> original, IReadOnlyDictionary<string, float[]> gold) =>
        Between(unlearned, gold).L1 / Between(original, gold).L1;

    private readonly record struct Sums(double Absolute, double Square, double ReferenceAbsolute, double ReferenceSquare)
    {
        public static Sums Of(ReadOnlySpan<float> p, ReadOnlySpan<float> q)
        {
            double absolute = 0, square = 0, referenceAbsolute = 0, referenceSquare = 0;
            for (var i = 0; i < p.Length; i++)
            {
                var difference = (double)p[i] - q[i];
                absolute += Math.Abs(difference);
                square += difference * difference;
                referenceAbsolute += Math.Abs(q[i]);
                referenceSquare += (double)q[i] * q[i];
            }
            return new Sums(absolute, square, referenceAbsolute, referenceSquare);
        }

        public Sums Plus(Sums other) => new(
            Absolute + other.Absolute, Square + other.Square,
            ReferenceAbsolute + other.ReferenceAbsolute, ReferenceSquare + other.ReferenceSquare);

        public ParameterDistance ToDistance(IReadOnlyDictionary<string, ParameterDistance> layers) => new(
            Absolute, Math.Sqrt(Square),
            ReferenceAbsolute > 0 ? Absolute / ReferenceAbsolute : double.NaN,
            ReferenceSquare > 0 ? Math.Sqrt(Square / ReferenceSquare) : double.NaN,
            layers);
    }
}
