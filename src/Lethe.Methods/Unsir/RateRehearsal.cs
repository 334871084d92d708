using Lethe.Methods.Editing;
using Lethe.Torch;
using Lethe.Training.Training;

namespace Lethe.Methods.Unsir;

/// <summary>
/// Chooses the rates without D_f and without the test set: retained classes stand in for the forgotten ones. A model that never saw a
/// class, as gold, never says it; so a pair of rates qualifies when records set aside of the stand-ins are no longer recognised, and of
/// those that qualify the one wins that leaves the other records set aside best recognised. The original has seen both.
/// </summary>
internal sealed class RateRehearsal
{
    /// <summary>The pairs (impair, repair) that are tried: the published one and smaller ones.</summary>
    public static readonly (double Impair, double Repair)[] Pairs = [(0.02, 0.01), (0.01, 0.005), (0.005, 0.0025), (0.002, 0.001), (0.001, 0.0005)];

    /// <summary>A stand-in that is recognised this seldom counts as forgotten.</summary>
    public const double Forgotten = 0.01;

    /// <summary>Bytes of the choice, which is kept from phase to phase.</summary>
    public const long KeptBytes = sizeof(float);

    private const string Choice = "rates";
    private const ulong StandInPurpose = 11, SetAsidePurpose = 12;
    private const int MostSetAside = 200;
    private const double SetAsideShare = 0.2;

    private readonly UnsirSettings _settings;
    private readonly int[] _standIns;
    private readonly RecordSet _practice, _setAside;

    public RateRehearsal(EditTask task, UnsirSettings settings, Func<RecordSet, RecordSet> part)
    {
        _settings = settings;
        var classes = Candidates(task);
        new Core.Numerics.CounterRandom(task.Seed(StandInPurpose)).Shuffle<int>(classes);
        _standIns = [.. classes.Take(Math.Min(task.Forgotten.Classes.Count, classes.Length / 2)).Order()];
        _setAside = task.Retained.SetAside(SetAsideShare, task.Seed(SetAsidePurpose)).PerClass(MostSetAside, task.Seed(SetAsidePurpose));
        Rest = task.Retained.Except(_setAside);
        _practice = part(Rest.Where(record => !_standIns.Contains(Rest.LabelOf(record))));
        var noise = settings.NoiseSamples(_standIns.Length);
        var each = settings.ImpairSamples(_standIns.Length, task.Run.Dataset.SampleShape, _practice.Count)
            + (long)settings.RepairEpochs * _practice.Count + _setAside.Count;
        Samples = noise + Pairs.Length * each;
    }

    /// <summary>Whether a class is left to stand in, and another to see the damage on.</summary>
    public static bool IsPossible(EditTask task) => Candidates(task).Length >= 2;

    /// <summary>The retained records without those that are set aside.</summary>
    public RecordSet Rest { get; }

    /// <summary>Samples of the whole rehearsal.</summary>
    public long Samples { get; }

    /// <summary>Tries all pairs; the edited model is left as it was.</summary>
    public void Do(Edit edit)
    {
        using var scope = torch.NewDisposeScope();
        using var original = StateDict.FromModule(edit.Original);
        var noise = _settings.Noise switch
        {
            NoiseKind.Learned => NoiseBank.Learn(edit, _settings, _standIns).Noise,
            NoiseKind.Random => NoiseBank.Draw(edit, _settings, _standIns),
            _ => null,
        };
        var standIn = _setAside.Where(record => _standIns.Contains(_setAside.LabelOf(record)));
        var others = _setAside.Except(standIn);
        var (recognised, kept) = (new double[Pairs.Length], new double[Pairs.Length]);
        for (var i = 0; i < Pairs.Length; i++)
        {
            original.CopyTo(edit.Module);
            var settings = _settings with { ImpairRate = Pairs[i].Impair, RepairRate = Pairs[i].Repair };
            ImpairRepair.Impair(edit, settings, _practice, _standIns, noise);
            ImpairRepair.Repair(edit, settings, _practice);
            (recognised[i], kept[i]) = (edit.Evaluate(standIn).Accuracy, edit.Evaluate(others).Accuracy);
        }
        original.CopyTo(edit.Module);
        edit.Memory.Keep(Choice, torch.tensor((double)Best(recognised, kept)));
        string[] names = [.. Pairs.Select(pair => FormattableString.Invariant($"{pair.Impair} / {pair.Repair}"))];
        edit.Memory.Tell("rehearsal: share of stand-in records still recognised, by impair / repair rate", recognised, names);
        edit.Memory.Tell("rehearsal: accuracy on other records set aside, by impair / repair rate", kept, names);
    }

    /// <summary>The settings with the rates that were chosen.</summary>
    public static UnsirSettings Chosen(Edit edit, UnsirSettings settings)
    {
        using var scope = torch.NewDisposeScope();
        var (impair, repair) = Pairs[(int)edit.Memory.Kept(Choice).ToDouble()];
        return settings with { ImpairRate = impair, RepairRate = repair };
    }

    /// <summary>Retained classes of which a record can be set aside while another is trained on.</summary>
    private static int[] Candidates(EditTask task) =>
        [.. task.Retained.Records.GroupBy(task.Retained.LabelOf).Where(group => group.Skip(1).Any()).Select(group => group.Key).Order()];

    /// <summary>The pair that keeps most of those that forget; if none forgets, the one that forgets most.</summary>
    internal static int Best(double[] recognised, double[] kept) => Enumerable.Range(0, recognised.Length)
        .OrderBy(i => Math.Max(recognised[i], Forgotten)).ThenByDescending(i => kept[i]).First();
}
