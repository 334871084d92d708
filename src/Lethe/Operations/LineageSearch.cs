using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Steps;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>
/// Tells from the recorded steps which request made each checkpoint, and so whether any that is still there was made before the run forgot a
/// record that it had read.
/// </summary>
internal sealed class LineageSearch(Run run)
{
    private readonly IReadOnlyList<HistoryEntry> _history = run.Index.History;
    private readonly Dictionary<string, IReadOnlySet<int>?> _blocks = [];

    public List<string> Found { get; } = [];

    public List<string> Kept { get; } = [];

    public List<string> NotChecked { get; } = [];

    public void Search()
    {
        if (_history.Count == 0)
            return;
        IReadOnlyList<StepRecord> records;
        try
        {
            records = RunLineage.Records(run);
        }
        catch (StoreDamagedException error)
        {
            Found.Add(error.Message);
            return;
        }

        var untold = new List<int>();
        var derived = new SortedDictionary<int, List<int>>();
        foreach (var checkpoint in RunLineage.Of(run, run.Index, records))
        {
            // A step of another request may have taken the block's place since: then any step that gave these bytes tells.
            if ((checkpoint.Source ?? records.LastOrDefault(record => record.Steps.Any(step => step.Output == checkpoint.Checkpoint))) is not { } source)
                untold.Add(checkpoint.Block);
            else
                Checkpoint(checkpoint, MakerOf(source), derived);
        }

        if (untold.Count > 0)
            NotChecked.Add($"the lineage of checkpoint {BlockRanges.Text(untold)}: no {StepRecording.FileName} tells how it came about (made by an earlier version)");
        foreach (var (maker, blocks) in derived)
            Kept.Add($"checkpoint {BlockRanges.Text(blocks)} was derived by {_history[maker].Method} ({_history[maker].Request}, {_history[maker].Guarantee.ToString().ToLowerInvariant()}) from one that had read the records: what is left of them is for `lethe verify` to measure");
        Served(records);
    }

    private void Checkpoint(CheckpointLineage checkpoint, int maker, SortedDictionary<int, List<int>> derived)
    {
        var later = Enumerable.Range(maker + 1, _history.Count - maker - 1).FirstOrDefault(number => Touches(_history[number], checkpoint.Block), -1);
        if (later >= 0 || checkpoint.KnowsForgotten)
        {
            string request = later >= 0 ? _history[later].Request : "a request";
            Found.Add($"checkpoint {checkpoint.Block} (object {checkpoint.Checkpoint.Short}) has read records that {request} forgot: by its lineage it was made before, by {Maker(maker)}");
        }
        else if (maker >= 0 && _history[maker].Guarantee != Guarantee.Exact && checkpoint.Step is { Kind: StepKind.Derived })
        {
            if (!derived.TryGetValue(maker, out var blocks))
                derived.Add(maker, blocks = []);
            blocks.Add(checkpoint.Block);
        }
    }

    /// <summary>The served model of an edit is no checkpoint.</summary>
    private void Served(IReadOnlyList<StepRecord> records)
    {
        var served = run.Index.Served!.Value;
        if (run.Index.Checkpoints.Contains(served))
            return;
        var source = records.FirstOrDefault(record => record.Served == served || record.Steps.Any(step => step.Output == served));
        var result = RequestFolder.ReadResult(Path.Combine(RequestFolder.Root(run.Directory), _history[^1].Request));
        if (result?.After == result?.Before && result is not null)
            Found.Add($"the served model is the one that had read the records of {_history[^1].Request}: that request changed nothing");
        else if (source is null)
            NotChecked.Add($"the lineage of the served model: no {StepRecording.FileName} tells how it came about");
        else if (MakerOf(source) < _history.Count - 1)
            Found.Add($"the served model has read records that {_history[^1].Request} forgot: by its lineage it was made before, by {Maker(MakerOf(source))}");
        else if (_history[^1].Guarantee != Guarantee.Exact)
            Kept.Add($"the served model was derived by {_history[^1].Method} ({_history[^1].Request}, {_history[^1].Guarantee.ToString().ToLowerInvariant()}) from one that had read the records: what is left of them is for `lethe verify` to measure");
    }

    /// <summary>Whether a request forgot records in blocks that training passes over before a checkpoint.</summary>
    private bool Touches(HistoryEntry entry, int checkpoint)
    {
        if (!_blocks.TryGetValue(entry.Request, out var blocks))
        {
            var request = RequestFolder.Find(run.Directory, entry.Request)?.Request;
            _blocks[entry.Request] = blocks = request?.Records.Select(record => run.Partition.Locate(record).Block).ToHashSet();
        }

        // Without its records a request's first changed block still bounds where they were.
        return blocks is null ? entry.FirstBlock <= checkpoint : run.BlocksBehind(checkpoint).Any(blocks.Contains);
    }

    private int MakerOf(StepRecord source) => source.Request is null ? -1 : _history.Select((entry, number) => entry.Request == source.Request ? number : -1).Max();

    private string Maker(int maker) => maker < 0 ? "the first training" : _history[maker].Request;
}
