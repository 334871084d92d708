using System.Text.Json;

namespace Lethe.Verification.Tests;

/// <summary>The figures that verification_measures.py (measures.json) and attack_measures.py (attacks.json) in tests/reference computed.</summary>
internal sealed class Golden(string file = "measures.json")
{
    private readonly JsonElement _root =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", file))).RootElement;

    public double Number(string name) => _root.GetProperty(name).GetDouble();

    public int[] Integers(string name) => [.. _root.GetProperty(name).EnumerateArray().Select(item => item.GetInt32())];

    public double[] Numbers(string name) => [.. _root.GetProperty(name).EnumerateArray().Select(item => item.GetDouble())];

    public bool[] Flags(string name) => [.. _root.GetProperty(name).EnumerateArray().Select(item => item.GetBoolean())];

    public float[,] Matrix(string name) => Matrix(name, x => x.GetSingle());

    public double[,] Doubles(string name) => Matrix(name, x => x.GetDouble());

    public bool[,] FlagMatrix(string name) => Matrix(name, x => x.GetBoolean());

    /// <summary>The rows of a matrix as arrays of their own.</summary>
    public double[][] Rows(string name) =>
        [.. _root.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(x => x.GetDouble()).ToArray())];

    public float[] Singles(string name) => [.. _root.GetProperty(name).EnumerateArray().Select(item => item.GetSingle())];

    public Dictionary<string, float[]> Model(string name) => _root.GetProperty(name).EnumerateObject()
        .ToDictionary(layer => layer.Name, layer => layer.Value.EnumerateArray().Select(x => x.GetSingle()).ToArray());

    public double Layer(string name, string layer) => _root.GetProperty(name).GetProperty(layer).GetDouble();

    private T[,] Matrix<T>(string name, Func<JsonElement, T> read)
    {
        var rows = _root.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(read).ToArray()).ToArray();
        var matrix = new T[rows.Length, rows[0].Length];
        for (var i = 0; i < rows.Length; i++)
            for (var c = 0; c < rows[i].Length; c++) matrix[i, c] = rows[i][c];
        return matrix;
    }
}
