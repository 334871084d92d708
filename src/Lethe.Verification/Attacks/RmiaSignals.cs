namespace Lethe.Verification;

/// <summary>Softmax probabilities of the true class, in [0, 1], under the attacked model and M reference models.</summary>
/// <param name="Records">(N) under the attacked model, of the records in question.</param>
/// <param name="References">(M, N) under the reference models.</param>
/// <param name="Inside">(M, N) whether the reference model was trained on the record.</param>
/// <param name="Population">(Z) under the attacked model, of records that no model has seen.</param>
/// <param name="PopulationReferences">(M, Z) under the reference models.</param>
public sealed record RmiaSignals(double[] Records, double[,] References, bool[,] Inside, double[] Population, double[,] PopulationReferences)
{
    internal void Require()
    {
        var models = References.GetLength(0);
        if (models == 0 || Population.Length == 0)
            throw new ArgumentException($"The attack needs a reference model and population records; there are {models} and {Population.Length}.");
        if (References.GetLength(1) != Records.Length || Inside.GetLength(0) != models || Inside.GetLength(1) != Records.Length
            || PopulationReferences.GetLength(0) != models || PopulationReferences.GetLength(1) != Population.Length)
            throw new ArgumentException("The probabilities of the reference models do not belong to the same models and records.");
        if (Records.Concat(Population).Concat(References.Cast<double>()).Concat(PopulationReferences.Cast<double>()).Any(p => !(p >= 0 && p <= 1.0001)))
            throw new ArgumentException("A probability is no number in 0 … 1.");
    }

    /// <summary>The attack on a reference model by all others, and which records it has seen.</summary>
    internal (RmiaSignals Signals, bool[] Members) Attacking(int paired)
    {
        var models = References.GetLength(0);
        ArgumentOutOfRangeException.ThrowIfNegative(paired);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(paired, models);
        if (models < 2) throw new ArgumentException("Tuning needs two reference models: one is attacked with the help of the other.");
        int[] others = [.. Enumerable.Range(0, models).Where(model => model != paired)];
        bool[] members = [.. Enumerable.Range(0, Records.Length).Select(x => Inside[paired, x])];
        if (members.All(member => member) || !members.Any(member => member))
            throw new ArgumentException($"Reference model {paired} has seen all records or none; it cannot be attacked for practice.");
        return (new RmiaSignals(Row(References, paired), Rows(References, others), Rows(Inside, others), Row(PopulationReferences, paired), Rows(PopulationReferences, others)), members);
    }

    private static T[] Row<T>(T[,] matrix, int row) => [.. Enumerable.Range(0, matrix.GetLength(1)).Select(column => matrix[row, column])];

    private static T[,] Rows<T>(T[,] matrix, int[] rows)
    {
        var chosen = new T[rows.Length, matrix.GetLength(1)];
        for (var i = 0; i < rows.Length; i++)
            for (var column = 0; column < matrix.GetLength(1); column++) chosen[i, column] = matrix[rows[i], column];
        return chosen;
    }
}
