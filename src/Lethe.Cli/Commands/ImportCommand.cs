using System.CommandLine;
using Lethe.Cli.CommandLine;
using Lethe.Cli.Rendering;
using Lethe.Core.Errors;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe import FILE</c>: a run of a classifier that was trained elsewhere.</summary>
internal sealed class ImportCommand : Command, IExplained
{
    private readonly Argument<string> _file = new("FILE") { Description = "TorchScript whose forward takes a batch and returns logits (n, classes); or weights as safetensors (PyTorch's or torchvision's names), with --model." };
    private readonly Option<string?> _model = new("--model") { Description = "The network that safetensors weights belong to; the models stand below." };
    private readonly Option<string[]> _modelOption = ModelOptionSet.Create();
    private readonly Option<string?> _data = new("--data") { Description = "The data that the model was trained on (forms: `lethe data describe --help`).", HelpName = "SOURCE" };
    private readonly Option<string?> _test = new("--test") { Description = "Unseen records; by default the source's own test split.", HelpName = "SOURCE" };
    private readonly Option<string?> _out = new("--out", "-o") { Description = "The directory of the new run.", HelpName = "RUN" };
    private readonly Option<string?> _normalize = new("--normalize") { Description = "Mean and deviation that inputs are normalised by, on the scale 0..1: M,S; all means, then all deviations; imagenet; or data.", HelpName = "HOW" };
    private readonly Option<string?> _range = new("--input-range") { Description = "Without a normalisation: the range of pixels that the model expects, 0..1 (as torchvision's ToTensor gives), -1..1 or 0..255.", HelpName = "RANGE" };
    private readonly StepOptionSet _steps = new("Learning rate that methods take, or a tenth of it, unless told otherwise: the rate of the model's training.");
    private readonly Option<string> _device = new("--device") { Description = "Where to compute.", DefaultValueFactory = _ => "cpu" };
    private readonly Option<ulong> _seed = CommonOptions.Seed("Seed of what methods draw.");
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly DataOptionSet _people = new();

    public ImportCommand() : base("import", "Makes a run of a classifier that was trained elsewhere, so that it can forget.")
    {
        _device.AcceptOnlyFromAmong("cpu", "cuda");
        _model.AcceptOnlyNames("model", LetheEngine.Models);
        Arguments.Add(_file);
        foreach (Option option in (Option[])[_data, _test, _out, _model, _modelOption, _normalize, _range, .. _steps.All, _device, _seed, _threads])
            Options.Add(option);
        _people.AddTo(this);
        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "lethe import model.pt --data fashion-mnist --normalize 0.2860,0.3530 --out run",
        "lethe import resnet.pt --data image-folder:photos --subjects people.csv --test image-folder:unseen --normalize imagenet --out run",
        "lethe import resnet18.safetensors --model resnet18-imagenet --data image-folder:photos --test image-folder:unseen --normalize imagenet --lr 0.01 --out run",
        "lethe forget run --subjects alice --method fine-tune",
        "lethe export run --format torchscript --out forgot.pt",
    ];

    public string Notes => """
        Make the file in Python: torch.jit.script(model.eval()).save("model.pt"); or, where Lethe has the network,
        safetensors.torch.save_file(model.state_dict(), "weights.safetensors"), which is data and no program.
        The data must be what the model was trained on, its classes in the order of the model's outputs. The accuracy that is printed shows
        whether inputs are prepared as in training. How the model was trained stays unknown: methods that need its history refuse, and those
        that train take --optimizer, --lr and the like as given here, else defaults.
        A TorchScript file is a program that runs with your rights: import only files that you trust.

        Without --optimizer, --lr and the like, methods train with:

        """
        + string.Join('\n', LetheEngine.Models.Select(model => $"  {model,-20} {RecipeDefaults.DescribeImported(model)}").Append($"  {"TorchScript",-20} {RecipeDefaults.DescribeImported()}"));

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var screen = new Screen(parsed);
        var request = new ImportRequest
        {
            Model = parsed.GetRequiredValue(_file),
            Network = parsed.GetValue(_model),
            NetworkOptions = ModelOptionSet.Read(parsed, _modelOption),
            Data = _people.Read(parsed, parsed.GetValue(_data) ?? throw Missing("--data SOURCE")),
            Test = parsed.GetValue(_test),
            Out = parsed.GetValue(_out) ?? throw Missing("--out RUN"),
            Normalize = parsed.GetValue(_normalize),
            InputRange = parsed.GetValue(_range),
            Optimizer = parsed.GetValue(_steps.Optimizer),
            LearningRate = parsed.GetValue(_steps.Rate),
            Momentum = parsed.GetValue(_steps.Momentum),
            WeightDecay = parsed.GetValue(_steps.WeightDecay),
            BatchSize = parsed.GetValue(_steps.BatchSize),
            Device = parsed.GetRequiredValue(_device),
            Seed = parsed.GetValue(_seed),
            Threads = parsed.GetValue(_threads),
        };
        var summary = screen.Work(progress => new LetheEngine().Import(request, progress, cancellation));
        screen.Result(summary, ImportText.Print);
        return ExitCodes.Success;
    }

    private static UsageException Missing(string what) => new($"An import needs {what}. See `lethe import --help`.");
}
