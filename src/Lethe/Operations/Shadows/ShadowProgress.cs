using Lethe.Core.Progress;

namespace Lethe.Operations;

/// <summary>The share that is done of all shadow models together, those in work included.</summary>
internal sealed class ShadowProgress(int models, int done, IProgress<ProgressUpdate>? target)
{
    private const int UnitsOfModel = 100;

    private readonly Dictionary<object, double> _inWork = [];
    private int _done = done;
    private long _told;

    /// <summary>Tells what is to come.</summary>
    public static void Announce(ShadowPrice price, IProgress<ProgressUpdate>? target)
    {
        if (price.Missing > 0)
            target?.Report(new ProgressUpdate("price", 0, 0, price.Describe()));
    }

    public void Begin() => Tell();

    /// <summary>One model has come further.</summary>
    /// <param name="worker">Who trains it.</param>
    /// <param name="share">What is done of it, 0…1; 1: it is finished.</param>
    public void Add(object worker, double share)
    {
        if (share >= 1)
        {
            _inWork.Remove(worker);
            _done++;
        }
        else
        {
            _inWork[worker] = Math.Max(share, _inWork.GetValueOrDefault(worker));
        }

        Tell();
    }

    private void Tell()
    {
        _told = Math.Max(_told, (long)(UnitsOfModel * (_done + _inWork.Values.Sum())));
        target?.Report(new ProgressUpdate("shadow models", _told, (long)UnitsOfModel * models, $"{_done} of {models}"));
    }

    /// <summary>Turns what training tells of one model into its share; what follows the training is the rest.</summary>
    public sealed class OfModel(Action<double> tell) : IProgress<ProgressUpdate>
    {
        private const double TrainingShare = 0.9;

        public void Report(ProgressUpdate value)
        {
            if (value.Stage == "train" && value.Total > 0)
                tell(TrainingShare * value.Done / value.Total);
        }
    }
}
