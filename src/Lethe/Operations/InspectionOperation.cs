using Lethe.Core.Progress;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Reads what a run is.</summary>
internal static class InspectionOperation
{
    public static RunOverview Inspect(string directory, bool searchResidue, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
    {
        CommittedRequests.FinishBeforeReading(directory);
        using var run = Run.Open(directory, writable: false);
        var index = run.Index;
        var model = index.Served ?? index.Checkpoints.OfType<Core.Records.Digest>().Select(digest => (Core.Records.Digest?)digest).FirstOrDefault();
        double[] floors = [.. (index.NoiseFloor?.Points ?? []).Select(point => point.Mean)];
        return new RunOverview
        {
            Run = run.Directory,
            Status = index.Status.ToString().ToLowerInvariant(),
            Scheme = run.Recipe.Scheme,
            Reached = run.Reached,
            TrainedBlocks = run.TrainedBlocks,
            BlockCount = run.BlockCount,
            Generation = index.Generation,
            Setting = RunSetting.Of(run),
            Model = index.Served,
            Forgotten = index.Deleted.Count,
            NoiseFloor = floors.Length == 0 ? null : new FloorRange(floors.Min(), floors.Max()),
            History = [.. index.History.Select(entry => new ServedRequest(entry.Request, entry.Method, entry.Guarantee, entry.Records, entry.Cost, entry.At) { Promotion = entry.Promotion })],
            Requests = RequestStandings.Of(run),
            BytesOnDisk = RunSetting.BytesOnDisk(run.Directory),
            BytesOfModel = model is { } digest && run.Store.Contains(digest) ? run.Store.SizeOf(digest) : 0,
            Residue = searchResidue ? new ResidueSearch(run, progress, cancellation).Search() : null,
        };
    }
}
