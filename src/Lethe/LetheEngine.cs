using System.Diagnostics.CodeAnalysis;
using Lethe.Core.Progress;
using Lethe.Core.Store;
using Lethe.Methods;
using Lethe.Operations;
using Lethe.Reports;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Runs;

namespace Lethe;

/// <summary>Trains networks that can forget, makes them forget, and verifies that they did.</summary>
/// <remarks>
/// One engine a process, used from one thread: libtorch's settings belong to threads. Every long operation can be cancelled and leaves a state
/// from which the same call goes on. Errors that the caller can mend are <see cref="Core.Errors.LetheException"/>s with one clear message.
/// </remarks>
/// <param name="time">The clock; null for the system's.</param>
[SuppressMessage("Performance", "CA1822", Justification = "One object is the whole interface; which of its methods need a clock is not the caller's concern.")]
public sealed class LetheEngine(TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Trains and retrains the shards of SISA runs, and shadow models, in several processes; null: in this process, one after the other.</summary>
    public ShardWorkers? Workers { get; init; }

    /// <summary>The models that can be trained, by name.</summary>
    public static IReadOnlyList<string> Models => ModelCatalog.Names;

    /// <summary>The methods that can forget, by name; the first is the default.</summary>
    public static IReadOnlyList<string> Methods => MethodCatalog.Names;

    /// <summary>What each method can forget, needs and promises, and the options that it takes.</summary>
    public static IReadOnlyList<MethodDescriptor> DescribeMethods() => [.. MethodCatalog.All.Select(method => method.Descriptor)];

    /// <summary>The forms of a data source, one a line.</summary>
    public static string SourceForms => DataSource.Usage;

    /// <summary>Reads a data source and says what it holds.</summary>
    /// <param name="data">The source.</param>
    /// <exception cref="Core.Errors.UsageException">The source has no known form.</exception>
    /// <exception cref="Core.Errors.BadDataException">The data cannot be read.</exception>
    public DataDescription DescribeData(DataRequest data) => DataReading.Describe(data);

    /// <summary>Trains a new run. Nothing is written when the data or the options are bad.</summary>
    /// <param name="request">What to train.</param>
    /// <param name="onSetting">Told the resolved setting before training begins.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops after the current step; <see cref="Resume"/> goes on.</param>
    /// <exception cref="Core.Errors.BadDataException">The data cannot be read, or the directory is not free.</exception>
    public TrainingSummary Train(
        TrainingRequest request, Action<IReadOnlyList<Fact>>? onSetting = null, IProgress<ProgressUpdate>? progress = null, CancellationToken cancellation = default) =>
        new TrainingOperation(_time, onSetting, progress, cancellation) { Workers = Workers }.Train(request);

    /// <summary>Goes on with a run that was stopped; a complete run is only measured.</summary>
    /// <param name="run">The run directory.</param>
    /// <param name="onSetting">Told the setting before training goes on.</param>
    /// <param name="forceProfile">Goes on although this process computes other bits than the one that began the run.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops after the current step.</param>
    public TrainingSummary Resume(
        string run, Action<IReadOnlyList<Fact>>? onSetting = null, bool forceProfile = false, IProgress<ProgressUpdate>? progress = null, CancellationToken cancellation = default) =>
        new TrainingOperation(_time, onSetting, progress, cancellation) { ForceProfile = forceProfile, Workers = Workers }.Resume(run);

    /// <summary>Trains the missing slices of one shard of a run that another process writes, for <see cref="ShardWorkers"/>.</summary>
    /// <param name="run">The run directory.</param>
    /// <param name="shard">1 … S.</param>
    /// <param name="onSlice">Told one line of JSON after every slice.</param>
    /// <param name="forceProfile">Trains although this process computes other bits than the one that began the run.</param>
    /// <param name="cancellation">Stops after the current step.</param>
    public void TrainShard(string run, int shard, Action<string> onSlice, bool forceProfile = false, CancellationToken cancellation = default)
    {
        using var opened = Run.Open(run, writable: false);
        using var data = DataReading.LoadTraining(opened);
        ShardTraining.Train(opened, data, shard, slice => onSlice(CanonicalJson.Serialize(slice)), cancellation, new TrainingOptions { Time = _time, ForceProfile = forceProfile });
    }

    /// <summary>Retrains one shard for a request on a run that another process writes, for <see cref="ShardWorkers"/>.</summary>
    /// <param name="run">The run directory.</param>
    /// <param name="request">The accepted request, served by a method that retrains shards.</param>
    /// <param name="shard">1 … S.</param>
    /// <param name="onSlice">Told one line of JSON after every slice.</param>
    /// <param name="forceProfile">Trains although this process computes other bits than the one that trained the run.</param>
    /// <param name="cancellation">Stops after the current step.</param>
    /// <exception cref="Core.Errors.BadDataException">There is no such request.</exception>
    public void RetrainShard(string run, string request, int shard, Action<string> onSlice, bool forceProfile = false, CancellationToken cancellation = default) =>
        ShardRetraining.Serve(run, request, shard, onSlice, forceProfile, _time, cancellation);

    /// <summary>Trains shadow models for a process that started this one, for <see cref="ShardWorkers"/>.</summary>
    /// <param name="run">The run directory that the models are made like.</param>
    /// <param name="store">Where their answers go.</param>
    /// <param name="orders">One line of JSON for each model to train; ends when there are no more.</param>
    /// <param name="onNews">Told the finished share of the model in work, 0…1, a line each; 1 once its answers are stored.</param>
    /// <param name="forceProfile">Trains although this process computes other bits than the one that trained the run.</param>
    /// <param name="cancellation">Stops after the current step.</param>
    public void TrainShadows(string run, string store, IEnumerable<string> orders, Action<string> onNews, bool forceProfile = false, CancellationToken cancellation = default) =>
        ShadowProcesses.Serve(run, store, orders, onNews, new ShadowOptions { Time = _time, ForceProfile = forceProfile }, cancellation);

    /// <summary>Makes a run of a classifier that was trained elsewhere. Nothing is written when the file, the data or the options are bad.</summary>
    /// <param name="request">The model and its data.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="Core.Errors.UsageException">Weights come without the name of their network, TorchScript with one, or an option does not fit.</exception>
    /// <exception cref="Core.Errors.BadDataException">The file is no classifier of the data's samples and classes, the data cannot be read, or the directory is not free.</exception>
    public ImportSummary Import(ImportRequest request, IProgress<ProgressUpdate>? progress = null, CancellationToken cancellation = default) =>
        new ImportOperation(_time, progress, cancellation).Import(request);

    /// <summary>Plans the same request with every method. Nothing is written.</summary>
    /// <param name="run">The run directory.</param>
    /// <param name="selection">Which records.</param>
    /// <exception cref="Core.Errors.BadDataException">A record, subject or class does not exist, or the selection is empty.</exception>
    public PlanComparison Plan(string run, RecordSelection selection) => PlanningOperation.Compare(run, selection, _time);

    /// <summary>
    /// Makes a run forget: stores the request and computes a model without the records. It waits for <see cref="Verify"/> and <see cref="Promote"/>; only by
    /// <see cref="ForgettingOptions.Serve"/>, or a policy that asks for no verdict, it is served at once where quick checks pass, and what still knew the records is destroyed.
    /// </summary>
    /// <param name="run">The run directory.</param>
    /// <param name="selection">Which records.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops after the current step with a <see cref="ForgettingStoppedException"/>; the same call goes on.</param>
    /// <exception cref="Core.Errors.BadDataException">The selection is bad, or the method cannot serve it.</exception>
    /// <exception cref="Core.Errors.RunInUseException">Another process writes to the run.</exception>
    public ForgettingSummary Forget(
        string run, RecordSelection selection, ForgettingOptions? options = null, IProgress<ProgressUpdate>? progress = null, CancellationToken cancellation = default) =>
        new ForgettingOperation(options ?? new ForgettingOptions(), _time, progress, cancellation) { Workers = Workers }.Forget(run, selection);

    /// <summary>Serves the candidate that waits, and destroys everything that still remembers its records, in one step.</summary>
    /// <param name="run">The run directory.</param>
    /// <param name="request">The request; null: the one that waits.</param>
    /// <param name="options">How; null: by its verdict.</param>
    /// <exception cref="Core.Errors.BadDataException">No such candidate waits.</exception>
    /// <exception cref="Core.Errors.CandidateWaitsException">Nothing allows it to be served.</exception>
    public PromotionSummary Promote(string run, string? request = null, PromotionOptions? options = null) =>
        new PromotionOperation(options ?? new PromotionOptions(), _time).Promote(run, request);

    /// <summary>Gives a request up that is not promoted, destroys its candidate and what was computed for it. The served model stays.</summary>
    /// <param name="run">The run directory.</param>
    /// <param name="request">The request.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="Core.Errors.BadDataException">There is no such request, or it is promoted or withdrawn already.</exception>
    public WithdrawalSummary Withdraw(string run, string request, WithdrawalOptions? options = null) =>
        new WithdrawOperation(options ?? new WithdrawalOptions(), _time).Withdraw(run, request);

    /// <summary>Compares the run's model with models trained from scratch without the forgotten records.</summary>
    /// <param name="run">The run directory.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops after the current step; finished gold models are kept.</param>
    /// <exception cref="Core.Errors.BadDataException">The run has forgotten nothing yet, or its data cannot be read.</exception>
    public VerificationSummary Verify(
        string run, VerificationOptions? options = null, IProgress<ProgressUpdate>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new VerificationOptions();
        var shadows = options.Shadows is null ? null : new ShadowVerification(options, Workers, _time, progress, cancellation);
        var summary = new VerificationOperation(options, _time, progress, cancellation)
        {
            Allowed = shadows is null ? null : shadows.RequireAllowed,
            Further = shadows is null ? null : shadows.Measure,
            FurtherScores = () => shadows?.Scores ?? [],
            FurtherRows = () => shadows?.Rows ?? [],
        }.Verify(run);
        return shadows?.AddTo(summary) ?? summary;
    }

    /// <summary>Executes steps of a run's training and forgetting again and compares the bits; writes <c>replay.json</c>.</summary>
    /// <param name="run">The run directory.</param>
    /// <param name="options">Which steps; null: the initial model and one trained step in a hundred, chosen by a random key.</param>
    /// <param name="progress">Told after every epoch, in samples.</param>
    /// <param name="cancellation">Stops after the current step; nothing is written then.</param>
    /// <exception cref="Core.Errors.BadDataException">This process computes other bits than those recorded, the data is not the run's, or nothing can be executed again.</exception>
    public ReplaySummary Replay(
        string run, ReplayOptions? options = null, IProgress<ProgressUpdate>? progress = null, CancellationToken cancellation = default) =>
        new ReplayOperation(options ?? new ReplayOptions(), _time, progress, cancellation).Replay(run);

    /// <summary>Trains the shadow models that <see cref="Verify"/> needs for its strongest attacks, ahead of it; those that exist are kept.</summary>
    /// <param name="run">The run directory.</param>
    /// <param name="options">Which; null for the defaults.</param>
    /// <param name="progress">Told after every step, for all models together.</param>
    /// <param name="cancellation">Stops after the current step; the same call goes on.</param>
    /// <exception cref="Core.Errors.BadDataException">The run has forgotten nothing yet, or was imported.</exception>
    public ShadowSummary GrowShadows(
        string run, ShadowTrainingOptions? options = null, IProgress<ProgressUpdate>? progress = null, CancellationToken cancellation = default) =>
        new ShadowOperation(options ?? new ShadowTrainingOptions(), Workers, _time, progress, cancellation).Grow(run);

    /// <summary>Issues a signed certificate for a served request, records it in the run's ledger and stores it in the run.</summary>
    /// <param name="run">The run directory.</param>
    /// <param name="request">Identifier of the request; null: the newest.</param>
    /// <param name="signer">The key.</param>
    /// <exception cref="Core.Errors.BadDataException">There is no such request.</exception>
    /// <exception cref="Core.Errors.UsageException">Another key signs this run's certificates.</exception>
    /// <exception cref="Core.Errors.StoreDamagedException">The ledger or another file of the run is damaged.</exception>
    public CertificateSummary IssueCertificate(string run, string? request, Core.Signing.ISigner signer) => new EvidenceOperation(_time).Issue(run, request, signer);

    /// <summary>The run's ledger and certificates. Nothing is written.</summary>
    /// <param name="run">The run directory.</param>
    /// <exception cref="Core.Errors.StoreDamagedException">The ledger is damaged.</exception>
    public EvidenceOverview ShowEvidence(string run) => EvidenceOperation.Show(run);

    /// <summary>Hands the right to sign a run's certificates from one key to another.</summary>
    /// <param name="run">The run directory.</param>
    /// <param name="from">The key in force.</param>
    /// <param name="to">Its successor.</param>
    public KeyRotation RotateKey(string run, Core.Signing.ISigner from, Core.Signing.ISigner to) => new EvidenceOperation(_time).Rotate(run, from, to);

    /// <summary>Copies a certificate to a folder of its own, with a proof for a subject about their records or without.</summary>
    /// <param name="run">The run directory.</param>
    /// <param name="request">The request whose newest certificate is meant; null: the newest of all.</param>
    /// <param name="subject">The subject's records, all of them forgotten; null: no proof.</param>
    /// <param name="target">A folder that is not there yet.</param>
    public ExportedCertificate ExportCertificate(string run, string? request, RecordSelection? subject, string target) => EvidenceOperation.Export(run, request, subject, target);

    /// <summary>Says what a run is and what happened to it. Nothing is written, unless a killed process left a promotion to complete.</summary>
    /// <param name="run">The run directory.</param>
    /// <param name="searchResidue">Whether to search every file for anything that still carries forgotten records.</param>
    /// <param name="progress">Told after every file.</param>
    /// <param name="cancellation">Stops after the current file.</param>
    public RunOverview Inspect(string run, bool searchResidue = false, IProgress<ProgressUpdate>? progress = null, CancellationToken cancellation = default) =>
        InspectionOperation.Inspect(run, searchResidue, progress, cancellation);

    /// <summary>Writes the served model to a file, at once or not at all.</summary>
    /// <param name="run">The run directory.</param>
    /// <param name="format">The format.</param>
    /// <param name="file">The file; replaced if it exists.</param>
    public ExportSummary Export(string run, ExportFormat format, string file) => ExportOperation.Export(run, format, file);
}
