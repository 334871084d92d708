using System.Text.Json;

using Lethe.Bench;
using Lethe.Bench.Results;

namespace Lethe.Conventions.Tests;

/// <summary>What the benchmark pages conclude from their figures.</summary>
public sealed class BenchPageTests : IDisposable
{
    private static readonly JsonSerializerOptions CamelCase = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly string folder = Directory.CreateTempSubdirectory("lethe-pages-").FullName;
    private readonly List<ResultRow> rows = [];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(40, false, 80, false, "| 0.50 ± 0.00 |", "holds (0.50)")]
    [InlineData(39, false, 80, false, "| 0.49 ± 0.00 |", "MISS (0.49)")]
    [InlineData(100, true, 80, false, "| ≥ 1.25 ± 0.00 |", "holds (≥ 1.25)")]
    [InlineData(20, true, 80, false, "| ≥ 0.25 ± 0.00 |", "cannot be told (≥ 0.25)")]
    [InlineData(20, false, 80, true, "| ≤ 0.25 ± 0.00 |", "MISS (≤ 0.25)")]
    [InlineData(60, false, 80, true, "| ≤ 0.75 ± 0.00 |", "cannot be told (≤ 0.75)")]
    public void An_anamnesis_index_is_a_bound_where_relearning_was_given_up(double batches, bool capped, double gold, bool goldCapped, string cell, string verdict)
    {
        foreach (ulong seed in new ulong[] { 1, 2 })
        {
            Unsir("gold", seed, gold, goldCapped);
            Unsir("unsir", seed, batches, capped);
            Add("unsir", seed, "anamnesis index", batches / gold);
        }

        var page = Page("unsir");
        Assert.Contains(cell, page, StringComparison.Ordinal);
        Assert.Contains($"anamnesis index ≥ 0.5: {verdict}", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Bounds_of_both_kinds_give_no_anamnesis_index()
    {
        foreach (ulong seed in new ulong[] { 1, 2 })
        {
            Unsir("gold", seed, 80, seed == 1);
            Unsir("unsir", seed, 100, seed == 2);
            Add("unsir", seed, "anamnesis index", 1.25);
        }

        Assert.Contains("anamnesis index ≥ 0.5: cannot be told (no figure)", Page("unsir"), StringComparison.Ordinal);
    }

    [Fact]
    public void Unsir_is_judged_by_gold_and_by_the_notebook()
    {
        Unsir("gold", 1, 80, false, retained: 0.75);
        Unsir("unsir", 1, 80, false, forgotten: 0.011, retained: 0.70);
        Unsir("unsir/as-published", 1, 80, false, forgotten: 0.011, retained: 0.69);
        Add("unsir", 1, "seconds of the notebook's algorithm over seconds of this", 1.99);
        var page = Page("unsir");
        Assert.Contains("- **unsir**: D_f test accuracy ≤ 1 %: MISS (1.10 %); D_r test accuracy ≥ gold − 5 points: holds (-5.00 points);", page, StringComparison.Ordinal);
        Assert.Contains("at least 2× faster than the notebook's algorithm: MISS (1.99×)", page, StringComparison.Ordinal);
        Assert.Contains("D_r test accuracy ≥ gold − 5 points: MISS (-6.00 points);", page, StringComparison.Ordinal);
        Assert.Contains("as in the notebook: D_f ≤ 2 %: holds (1.10 %); D_r 66–74 %: holds (69.00 %)", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Sisa_is_judged_at_twenty_shards_and_more()
    {
        foreach (var (method, accuracy, milliseconds) in new[] { ("deep-obliviate", 0.99, 2.0), ("sisa, 20 shards", 0.93, 58), ("sisa, 40 shards", 0.94, 62) })
        {
            rows.Add(new("MNIST", "lenet5", "training", method, 1, "test accuracy", accuracy));
            rows.Add(new("MNIST", "lenet5", "training", method, 1, "prediction, ms for 1,000 records", milliseconds));
        }

        var page = Page("sisa");
        Assert.Contains("more accurate: than sisa, 20 shards: holds (+6.0 points); than sisa, 40 shards: MISS (+5.0 points).", page, StringComparison.Ordinal);
        Assert.Contains("cheaper: than sisa, 20 shards: MISS (29.0×); than sisa, 40 shards: holds (31.0×).", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Aru_names_the_chosen_settings_and_what_did_nothing()
    {
        foreach (var (method, score) in new[] { ("NegGrad: --lr 1e-4", 0.6), ("NegGrad: --lr 1e-3", 0.5), ("MSG: --lr 1e-3", 0.5), ("MSG: --lr 3e-3", 0.6), ("MSG: --lr 1e-2", 0.55), ("ARU: defaults", 0.7), ("ARU: --share 0.8", 0.8) })
            rows.Add(new("MNIST by writers", "lenet5", "choosing hyper-parameters", method, 100, "NoMUS", score));
        foreach (var (method, accuracy) in new[] { ("original", 0.9), ("gold", 0.8), ("NegGrad", 0.9005), ("MSG", 0.85), ("ARU", 0.82), ("ARU, random mask", 0.81) })
            foreach (var metric in new[] { "test accuracy", "accuracy on forgotten", "membership attack accuracy", "NoMUS" })
                rows.Add(new("CMU faces", "lenet5", "10 % of the people", method, 1, metric, accuracy));
        var page = Page("aru");
        Assert.Contains("| original | – |", page, StringComparison.Ordinal);
        Assert.Contains("| NegGrad † | --lr 1e-4 (lowest tried) |", page, StringComparison.Ordinal);
        Assert.Contains("| MSG | --lr 3e-3 |", page, StringComparison.Ordinal);
        Assert.Contains("| ARU | --share 0.8 |", page, StringComparison.Ordinal);
        Assert.Contains("| ARU, random mask | --mask random --share 0.8 |", page, StringComparison.Ordinal);
    }

    private void Unsir(string method, ulong seed, double batches, bool capped, double forgotten = 0, double retained = 0.7)
    {
        Add(method, seed, "accuracy on forgotten classes, test", forgotten);
        Add(method, seed, "accuracy on retained classes, test", retained);
        Add(method, seed, "relearn time, mini-batches", batches);
        Add(method, seed, "relearn time capped", capped ? 1 : 0);
    }

    private void Add(string method, ulong seed, string metric, double value) => rows.Add(new("CIFAR-10 (JPEG)", "resnet18-imagenet", "{0, 2}", method, seed, metric, value));

    private string Page(string suite)
    {
        File.WriteAllText(
            Path.Combine(folder, suite + ".json"),
            JsonSerializer.Serialize(new { suite, commit = "c", command = "d", machine = "m", rows }, CamelCase));
        return BenchSuites.All.Single(known => known.Name == suite).Render(ResultsFile.Read(folder, suite)).Markdown;
    }
}
