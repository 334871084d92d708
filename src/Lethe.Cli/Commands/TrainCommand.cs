using System.CommandLine;
using System.Security.Cryptography;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;
using Lethe.Core.Errors;
using Lethe.Core.Partitions;
using Lethe.Training.Scenarios;
using Lethe.Training.Training;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe train</c>: trains a new run, or goes on with one.</summary>
internal sealed class TrainCommand : Command, IExplained
{
    private const int SecretDigits = 64;
    private readonly Option<string?> _data = new("--data") { Description = "The training data (forms: `lethe data describe --help`).", HelpName = "SOURCE" };
    private readonly Option<string?> _test = new("--test") { Description = "Unseen records; by default the source's own test split.", HelpName = "SOURCE" };
    private readonly Option<double?> _holdOut = new("--hold-out") { Description = "Share of the data to hold out for testing, where the source has no test split; whole people, if there are people.", HelpName = "SHARE", CustomParser = DecimalNumber.Parse };
    private readonly Option<string?> _out = new("--out", "-o") { Description = "The directory of the new run.", HelpName = "RUN" };
    private readonly Option<string?> _resume = new("--resume") { Description = "Go on with a run that was stopped.", HelpName = "RUN" };
    private readonly Option<string> _model = new("--model") { Description = "The network; the models stand below.", DefaultValueFactory = _ => "lenet5" };
    private readonly Option<string[]> _modelOption = ModelOptionSet.Create();
    private readonly Option<string?> _init = new("--init") { Description = "Start from these weights (safetensors, PyTorch's or torchvision's names).", HelpName = "FILE" };
    private readonly Option<string?> _initExcept = new("--init-except") { Description = "Layers that start at random despite --init, such as a classifier of other classes (fc).", HelpName = "LAYER,LAYER" };
    private readonly Option<string> _scheme = new("--scheme") { Description = "Block by block, so that DeepObliviate can forget cheaply; in shards and slices, so that SISA can forget exactly; or ordinary training in epochs over all records.", DefaultValueFactory = _ => "deep-obliviate" };
    private readonly Option<int?> _blocks = new("--blocks") { Description = "Blocks that the data is trained in; more make forgetting cheaper and the run larger.", HelpName = "B" };
    private readonly Option<int?> _epochsPerBlock = new("--epochs-per-block") { Description = "Passes over each block.", HelpName = "E" };
    private readonly Option<int?> _shards = new("--shards") { Description = "Shards S, each with a model of its own, with --scheme sisa (20).", HelpName = "S" };
    private readonly Option<int?> _slices = new("--slices") { Description = "Slices R that a shard is trained in, with --scheme sisa (10).", HelpName = "R" };
    private readonly Option<string?> _aggregation = new("--aggregation") { Description = "How the shards' answers become one, with --scheme sisa (mean)." };
    private readonly Option<int?> _processes = new("--processes") { Description = "Shards trained at the same time, with --scheme sisa; by default as many as cores and memory allow.", HelpName = "N" };
    private readonly Option<int?> _epochs = new("--epochs") { Description = $"Passes over all records, with --scheme plain and sisa ({Recipe.DefaultPlainEpochs}).", HelpName = "E" };
    private readonly Option<string> _partition = new("--partition") { Description = "Keep class shares equal in all blocks, or each person within one block.", DefaultValueFactory = _ => "stratified" };
    private readonly Option<string?> _lateSubjects = new("--late-subjects") { Description = "People likely to leave: their records are spread over the last blocks.", HelpName = "A,B" };
    private readonly Option<double> _lateShare = new("--late-share") { Description = "The share of blocks that counts as last.", DefaultValueFactory = _ => 0.25, CustomParser = DecimalNumber.ParseGiven };
    private readonly Option<double?> _canaries = new("--canaries") { Description = $"Plant a secret trigger for this share of the people ({CanaryRegistry.DefaultShare} without a number): when one of them is forgotten, the model itself shows whether it did.", HelpName = "SHARE", Arity = ArgumentArity.ZeroOrOne, CustomParser = DecimalNumber.Parse };
    private readonly StepOptionSet _steps = new("Learning rate of the first block.");
    private readonly Option<string?> _schedule = new("--schedule") { Description = "How the rate depends on the block." };
    private readonly Option<string?> _augment = new("--augment") { Description = "none, shift:N, flip, crop:N or flip+crop:N.", HelpName = "HOW" };
    private readonly Option<string> _precision = new("--precision") { Description = "Arithmetic; auto takes bf16 where the processor is fast at it and the model gains.", DefaultValueFactory = _ => "auto" };
    private readonly Option<string> _device = new("--device") { Description = "Where to compute.", DefaultValueFactory = _ => "cpu" };
    private readonly Option<ulong> _seed = CommonOptions.Seed("Seed of weights, order and partition.");
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly Option<string?> _policy = CommonOptions.Policy("How the run's requests are verified and promoted, stored in the run.");
    private readonly Option<bool> _force = CommonOptions.ForceProfile();
    private readonly DataOptionSet _people = new();

    public TrainCommand() : base("train", "Trains a network so that it can forget later.")
    {
        _model.AcceptOnlyNames("model", LetheEngine.Models);
        _scheme.AcceptOnlyFromAmong("deep-obliviate", "sisa", "plain");
        _aggregation.AcceptOnlyFromAmong("mean", "vote");
        _partition.AcceptOnlyFromAmong("stratified", "by-subject");
        _schedule.AcceptOnlyFromAmong("constant", "linear", "cosine", "inverse");
        _precision.AcceptOnlyFromAmong("auto", "fp32", "bf16");
        _device.AcceptOnlyFromAmong("cpu", "cuda");
        foreach (Option option in (Option[])[_data, _test, _holdOut, _model, _out, _resume, _init, _initExcept, _scheme, _blocks, _epochsPerBlock, _shards, _slices, _aggregation, _processes, _epochs, _partition, _lateSubjects, _lateShare, _canaries, .. _steps.All, _schedule, _augment, _modelOption, _precision, _device, _seed, _threads, _policy, _force])
            Options.Add(option);
        _people.AddTo(this);
        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "lethe train --data fashion-mnist --model lenet5 --out run",
        "lethe train --data mnist:data/mnist --writers qmnist-train-labels.gz --partition by-subject --out people",
        "lethe train --data 'csv:people.csv?label=income' --model mlp --blocks 50 --out tabular",
        "lethe train --data fashion-mnist --scheme sisa --shards 20 --slices 10 --out shards",
        "lethe train --data fashion-mnist --scheme plain --epochs 20 --out plain",
        "lethe train --data image-folder:photos --model resnet18-imagenet --init resnet18.safetensors --init-except fc --out tuned",
        "lethe train --resume run",
    ];

    public string Notes => "Without --lr, --optimizer, --blocks and the like, each model has its own defaults:\n"
        + string.Join('\n', LetheEngine.Models.Select(model => $"  {model,-20} {RecipeDefaults.Describe(model)}"));

    public string RunOf(ParseResult parsed) => parsed.GetValue(_resume) ?? parsed.GetValue(_out) ?? "RUN";

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var screen = new Screen(parsed);
        var engine = new LetheEngine { Workers = WorkerProgram.Of(parsed.GetValue(_processes)) };
        TrainingSummary summary;
        if (parsed.GetValue(_resume) is { } run)
        {
            RequireNoOther(parsed);
            summary = screen.Work(progress => engine.Resume(run, facts => TrainingText.PrintSetting(screen, facts), parsed.GetValue(_force), progress, cancellation));
        }
        else
        {
            var request = Read(parsed);
            summary = screen.Work(progress => engine.Train(request, facts => TrainingText.PrintSetting(screen, facts), progress, cancellation));
        }

        screen.Result(summary, TrainingText.Print);
        return ExitCodes.Success;
    }

    private void RequireNoOther(ParseResult parsed)
    {
        var other = Options.Where(option => option != _resume && option != _force && option != _processes && !option.Recursive && IsGiven(parsed, option)).Select(option => option.Name).FirstOrDefault();
        if (other is not null)
            throw new UsageException($"--resume goes on with the run as it is; {other} cannot be changed. Leave it out, or train a new run with --out.");
    }

    private TrainingScheme Scheme(ParseResult parsed)
    {
        var scheme = parsed.GetValue(_scheme) switch { "plain" => TrainingScheme.Plain, "sisa" => TrainingScheme.Sisa, _ => TrainingScheme.DeepObliviate };
        Option[] foreign = scheme switch
        {
            TrainingScheme.Plain => [_blocks, _epochsPerBlock, _partition, _lateSubjects, _lateShare, _shards, _slices, _aggregation, _processes],
            TrainingScheme.Sisa => [_blocks, _epochsPerBlock],
            _ => [_epochs, _shards, _slices, _aggregation, _processes],
        };
        if (foreign.FirstOrDefault(option => IsGiven(parsed, option)) is { } option)
            throw new UsageException($"{option.Name} means nothing to --scheme {parsed.GetValue(_scheme)}: deep-obliviate takes --blocks B and --epochs-per-block E, sisa takes --shards S, --slices R and --epochs E, plain takes --epochs E. Leave it out, or choose its scheme.");
        return scheme;
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private TrainingRequest Read(ParseResult parsed) => new()
    {
        Scheme = Scheme(parsed),
        Data = _people.Read(parsed, parsed.GetValue(_data) ?? throw Missing("--data SOURCE")),
        Test = parsed.GetValue(_test),
        HoldOut = parsed.GetValue(_holdOut),
        Out = parsed.GetValue(_out) ?? throw Missing("--out RUN"),
        Model = parsed.GetRequiredValue(_model),
        ModelOptions = ModelOptionSet.Read(parsed, _modelOption),
        Blocks = parsed.GetValue(_blocks),
        Shards = parsed.GetValue(_shards),
        Slices = parsed.GetValue(_slices),
        Aggregation = parsed.GetValue(_aggregation),
        EpochsPerBlock = parsed.GetValue(_epochs) ?? parsed.GetValue(_epochsPerBlock),
        Partition = parsed.GetValue(_partition) == "by-subject" ? PartitionKind.BySubject : PartitionKind.Stratified,
        InitialWeights = parsed.GetValue(_init),
        InitialExcept = Names(parsed.GetValue(_initExcept)),
        LateSubjects = Names(parsed.GetValue(_lateSubjects)),
        LateShare = parsed.GetValue(_lateShare),
        Canaries = Canaries(parsed),
        Optimizer = parsed.GetValue(_steps.Optimizer),
        LearningRate = parsed.GetValue(_steps.Rate),
        Momentum = parsed.GetValue(_steps.Momentum),
        WeightDecay = parsed.GetValue(_steps.WeightDecay),
        Schedule = parsed.GetValue(_schedule),
        BatchSize = parsed.GetValue(_steps.BatchSize),
        Augment = parsed.GetValue(_augment),
        Precision = parsed.GetRequiredValue(_precision),
        Device = parsed.GetRequiredValue(_device),
        Seed = parsed.GetValue(_seed),
        Threads = parsed.GetValue(_threads),
        Policy = parsed.GetValue(_policy),
    };

    private CanaryRegistry? Canaries(ParseResult parsed) => IsGiven(parsed, _canaries)
        ? new CanaryRegistry(RandomNumberGenerator.GetHexString(SecretDigits, lowercase: true), parsed.GetValue(_canaries) ?? CanaryRegistry.DefaultShare)
        : null;

    private static string[] Names(string? text) =>
        text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static UsageException Missing(string what) => new($"train needs {what} (or --resume RUN). See `lethe train --help`.");
}
