using Lethe.Core.Errors;
using Lethe.Core.Progress;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>
/// Trains many models like a run, makes them forget, and keeps what they say of all records under a digest of all that it follows from:
/// recipe, numeric profile, data, records left out, seed, method, options and forget set. The models themselves are not kept.
/// </summary>
/// <remarks>
/// A model that is in the store is never trained again, and one that was begun goes on where it was saved, whatever ended the process. The
/// answers are the same bits whatever the number of processes.
/// </remarks>
public sealed class ShadowFarm
{
    private readonly Run _run;
    private readonly TensorDataset _data;
    private readonly TensorDataset? _test;
    private readonly string _folder;
    private readonly ShadowOptions _options;
    private readonly ShadowStore _store;
    private readonly ShadowTraining _training;

    /// <summary>Opens a farm; nothing is trained or written yet.</summary>
    /// <param name="run">The run that the models are made like; may be open for reading, and need not be trained.</param>
    /// <param name="data">Its training data.</param>
    /// <param name="test">Its test data; null: none.</param>
    /// <param name="folder">Where the answers go; may be shared by several runs.</param>
    /// <param name="options">How to train; null: the defaults.</param>
    /// <exception cref="BadDataException">The run was imported, or the data is not the run's.</exception>
    public ShadowFarm(Run run, TensorDataset data, TensorDataset? test, string folder, ShadowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(data);
        ShadowRun.RequireTrainable(run);
        run.RequireDataset(data.Manifest);
        (_run, _data, _test, _folder, _options) = (run, data, test, Path.GetFullPath(folder), options ?? new ShadowOptions());
        _store = new ShadowStore(_folder);
        _training = new ShadowTraining(run, data, test, _store, _options.Training ?? ShadowTraining.OptionsOf(run, _options.Time, _options.ForceProfile));
    }

    /// <summary>What jobs would take.</summary>
    /// <param name="jobs">What to train.</param>
    public ShadowPrice Price(IReadOnlyList<ShadowJob> jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var missing = jobs.Where(job => !_training.IsDone(job)).ToList();
        long answers = (_data.Count + (long)(_test?.Count ?? 0)) * _data.Manifest.ClassCount * sizeof(float);
        int processes = Processes(missing.Count);
        return new ShadowPrice(
            jobs.Count, jobs.Count - missing.Count, SecondsOf(missing) / processes, answers * missing.Sum(job => 1 + job.Forgettings.Count), processes);
    }

    /// <summary>Trains the models that are not in the store.</summary>
    /// <param name="jobs">What to train.</param>
    /// <param name="progress">Told after every step, for all models together.</param>
    /// <param name="cancellation">Stops after the current step; the same call goes on.</param>
    /// <exception cref="BadDataException">A method cannot serve the part of the request that a model has learned.</exception>
    /// <exception cref="LetheException">Training diverged, or a worker process failed.</exception>
    public void Grow(IReadOnlyList<ShadowJob> jobs, IProgress<ProgressUpdate>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var missing = jobs.Where(job => !_training.IsDone(job)).ToList();
        if (missing.Count == 0)
            return;
        var told = new ShadowProgress(jobs.Count, jobs.Count - missing.Count, progress);
        told.Begin();
        int processes = Processes(missing.Count);
        if (processes > 1)
        {
            Directory.CreateDirectory(_folder);
            new ShadowProcesses(_options.Workers!, _run, _folder, _options.ForceProfile).Do(missing, processes, told, cancellation);
            return;
        }

        foreach (var job in missing)
        {
            cancellation.ThrowIfCancellationRequested();
            _training.Do(job, new ShadowProgress.OfModel(share => told.Add(_training, share)), cancellation);
            told.Add(_training, 1);
        }
    }

    /// <summary>What a job's model says: after the method made it forget, or as it was trained.</summary>
    /// <param name="job">A job that <see cref="Grow"/> has done.</param>
    /// <param name="method">One of its methods; null: before it forgot anything.</param>
    /// <exception cref="StoreDamagedException">The answers are missing or damaged.</exception>
    public ShadowLogits Read(ShadowJob job, ShadowMethod? method = null)
    {
        ArgumentNullException.ThrowIfNull(job);
        var test = _test?.Manifest.Digest;
        return _store.Read(method is null ? ShadowStore.KeyOf(_run, test, job) : ShadowStore.KeyOf(_run, test, job, method));
    }

    /// <summary>What a model of the run itself says, to attack it.</summary>
    /// <param name="state">Its weights.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    public ShadowLogits Answers(StateDict state, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var model = _run.CreateModel();
        state.CopyTo(model);
        return _training.Answers(model, cancellation);
    }

    private int Processes(int jobs) => _options.Workers is { } workers ? Math.Clamp(WorkerCount.Of(workers, _run, _data), 1, Math.Max(1, jobs)) : 1;

    /// <summary>By what the run's training, noise floor and last request took.</summary>
    private double? SecondsOf(List<ShadowJob> jobs)
    {
        var index = _run.Index;
        double training = index.TrainingCost.Seconds + (index.NoiseFloor?.Cost.Seconds ?? 0);
        double forgetting = index.History.Count == 0 ? 0 : index.History[^1].Cost.Seconds;
        return index.Status == RunStatus.Ready && training > 0 ? jobs.Sum(job => training + forgetting * job.Forgettings.Count) : null;
    }
}
