using Lethe.Core.Numerics;
using Lethe.Core.Plans;
using Lethe.Core.Progress;
using Lethe.Training.Training;

namespace Lethe.Training.Runs;

/// <summary>Trains some blocks again from their stored start in another order, and records how far the updates differ.</summary>
internal sealed class NoiseFloorMeasurement(
    Run run, BlockTrainer trainer, TrainingOptions options, IProgress<ProgressUpdate>? progress)
{
    private const ulong OrderStream = 0xF1008;

    /// <summary>Measures all chosen blocks that the index does not hold yet; every measured block is recorded.</summary>
    public void Measure(IReadOnlySet<int> deleted, CancellationToken cancellation)
    {
        var blocks = Spread(options.FloorBlocks, run.BlockCount);
        using var model = run.CreateMember();
        foreach (var block in blocks)
        {
            var floor = run.Index.NoiseFloor ?? new NoiseFloor([], CostAccount.Zero);
            if (floor.Points.Any(point => point.Block == block))
            {
                continue;
            }
            using var before = run.LoadCheckpoint(block - 1);
            using var after = run.LoadCheckpoint(block);
            var distances = new List<double>();
            var cost = floor.Cost;
            for (var repeat = 1; repeat <= options.FloorRepeats; repeat++)
            {
                before.CopyTo(model);
                var seed = CounterRandom.DeriveSeed(run.Recipe.Seed, OrderStream, (ulong)repeat);
                var result = trainer.TrainBlock(model, block, deleted, cancellation, orderSeed: seed);
                using var other = StateDict.FromModule(model);
                distances.Add(UpdateDistance.L1(after, before, other, before));
                cost += new CostAccount(result.Samples, result.Seconds, 0, 0);
            }
            var points = floor.Points.Append(new NoiseFloorPoint(block, distances)).OrderBy(point => point.Block).ToList();
            run.Record(run.Index with { NoiseFloor = new NoiseFloor(points, cost) }, durable: false);
            progress?.Report(new ProgressUpdate("noise floor", points.Count, blocks.Count, $"block {block}"));
        }
    }

    /// <summary>Gives up to <paramref name="count"/> blocks at equal distances, the first and the last among them.</summary>
    internal static IReadOnlyList<int> Spread(int count, int blocks) => count switch
    {
        <= 0 => [],
        1 => [(blocks + 1) / 2],
        _ when count >= blocks => [.. Enumerable.Range(1, blocks)],
        _ => [.. Enumerable.Range(0, count).Select(i => 1 + (int)Math.Round(i * (blocks - 1.0) / (count - 1)))],
    };
}
