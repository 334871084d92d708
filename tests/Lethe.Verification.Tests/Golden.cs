using System.Text.Json;

namespace Lethe.Verification.Tests;

/// <summary>The figures that tests/reference/verification_measures.py computed.</summary>
internal sealed class Golden
{
    private readonly JsonElement _root =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", "measures.json"))).RootElement;

    public double Number(string name) => _root.GetProperty(name).GetDouble();

    public int[] Integers(string name) => [.. _root.GetProperty(name).EnumerateArray().Select(item => item.GetInt32())];

    public double[] Numbers(string name) => [.. _root.GetProperty(name).EnumerateArray().Select(item => item.GetDouble())];

    public bool[] Flags(string name) => [.. _root.GetProperty(name).EnumerateArray().Select(item => item.GetBoolean())];

    public float[,] Matrix(string name)
    {
        var rows = _root.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(x => x.GetSingle()).ToArray()).ToArray();
        var matrix = new float[rows.Length, rows[0].Length];
        for (var i = 0; i < rows.Length; i++)
            for (var c = 0; c < rows[i].Length; c++) matrix[i, c] = rows[i][c];
        return matrix;
    }

    public Dictionary<string, float[]> Model(string name) => _root.GetProperty(name).EnumerateObject()
        .ToDictionary(layer => layer.Name, layer => layer.Value.EnumerateArray().Select(x => x.GetSingle()).ToArray());

    public double Layer(string name, string layer) => _root.GetProperty(name).GetProperty(layer).GetDouble();
}
